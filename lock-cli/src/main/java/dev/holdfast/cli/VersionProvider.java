package dev.holdfast.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.IVersionProvider;

/** Output of {@code --version}, from a resource that the build writes. */
final class VersionProvider implements IVersionProvider {

  @Override
  public String[] getVersion() throws IOException {
    try (InputStream text = VersionProvider.class.getResourceAsStream("version.txt")) {
      if (text == null) {
        throw new IOException(
            "resource version.txt must exist in the package of " + VersionProvider.class.getName());
      }
      return new String[] {new String(text.readAllBytes(), StandardCharsets.UTF_8).strip()};
    }
  }
}
