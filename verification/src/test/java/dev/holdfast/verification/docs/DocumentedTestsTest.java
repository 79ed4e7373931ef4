package dev.holdfast.verification.docs;

import dev.holdfast.checks.DocumentedTests;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentedTestsTest {

  @ParameterizedTest
  @ValueSource(strings = {"parity.md", "rationale.md", "specification.md"})
  void testsNamedInPage_exist(String page) throws IOException {
    Path repository = Path.of("..");
    new DocumentedTests(repository.resolve("docs").resolve(page)).verifyExist(repository);
  }
}
