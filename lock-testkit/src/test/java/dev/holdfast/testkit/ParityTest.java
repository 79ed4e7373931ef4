package dev.holdfast.testkit;

import dev.holdfast.checks.NamedTests;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ParityTest {

  @Test
  void testsThatTheParityPageNames_exist() throws IOException {
    Path repository = Path.of("..");
    new NamedTests(repository.resolve("docs/parity.md")).checkExist(repository);
  }
}
