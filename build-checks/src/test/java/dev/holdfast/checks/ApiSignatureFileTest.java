package dev.holdfast.checks;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiSignatureFileTest {

  @TempDir Path folder;
  private ApiSignatureFile signatureFile;

  @BeforeEach
  void commitOneSignature() throws IOException {
    Path file = folder.resolve("api.txt");
    Files.write(file, List.of("public class Door"));
    signatureFile = new ApiSignatureFile(file);
  }

  @Test
  void check_equalSignatures_passes() {
    assertThatCode(() -> signatureFile.check(List.of("public class Door")))
        .doesNotThrowAnyException();
  }

  @Test
  void check_signatureRemoved_failsWithUpdateCommand() {
    assertThatThrownBy(() -> signatureFile.check(List.of()))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("public class Door")
        .hasMessageContaining("-Dapi.update=true");
  }

  @Test
  void check_signatureAdded_fails() {
    assertThatThrownBy(() -> signatureFile.check(List.of("public class Door", "public class Gate")))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("Gate");
  }

  @Test
  void check_missingFile_fails() {
    ApiSignatureFile missing = new ApiSignatureFile(folder.resolve("none.txt"));
    assertThatThrownBy(() -> missing.check(List.of("public class Door")))
        .isInstanceOf(AssertionError.class);
  }
}
