package dev.holdfast.testkit;

import dev.holdfast.checks.NamedTests;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentedTestsTest {

  @ParameterizedTest
  @ValueSource(strings = {"parity.md", "specification.md"})
  void testsThatAPageNames_exist(String page) throws IOException {
    Path repository = Path.of("..");
    new NamedTests(repository.resolve("docs").resolve(page)).checkExist(repository);
  }
}
