package dev.holdfast.checks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A source root in a temporary folder. */
record SourceTreeFixture(Path root) {

  SourceTreeFixture add(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return this;
  }

  SourceTree tree() {
    return new SourceTree(root);
  }
}
