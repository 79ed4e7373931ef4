package dev.holdfast.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} says: the build writes it down. */
final class VersionProvider implements IVersionProvider {

  @Override
  public String[] getVersion() throws IOException {
    try (InputStream text = VersionProvider.class.getResourceAsStream("version.txt")) {
      if (text == null) {
        throw new IOException("version.txt is missing beside " + VersionProvider.class.getName());
      }
      return new String[] {new String(text.readAllBytes(), StandardCharsets.UTF_8).strip()};
    }
  }
}
