package dev.holdfast.lambda.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FunctionCodeTest {
  @TempDir private Path folder;

  @Test
  void unzip_keepsTheLayout() throws IOException {
    FunctionCode.unzip(zip("shop/Order.class", "lib/", "lib/a.jar"), folder.resolve("code"));

    assertThat(folder.resolve("code/shop/Order.class")).hasContent("shop/Order.class");
    assertThat(folder.resolve("code/lib/a.jar")).hasContent("lib/a.jar");
  }

  @Test
  void unzip_entryOutsideTargetFolder_isRejected() throws IOException {
    Path zip = zip("../outside.class");

    assertThatIOException()
        .isThrownBy(() -> FunctionCode.unzip(zip, folder.resolve("code")))
        .withMessageContaining("../outside.class");
    assertThat(folder.resolve("outside.class")).doesNotExist();
  }

  @Test
  void deploymentPackage_missingFolder_isRejected() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FunctionCode.DeploymentPackage(folder.resolve("missing")));
  }

  @Test
  void classPath_empty_isRejected() {
    assertThatIllegalArgumentException().isThrownBy(() -> new FunctionCode.ClassPath(List.of()));
  }

  private Path zip(String... names) throws IOException {
    Path zip = folder.resolve("function.zip");
    try (ZipOutputStream entries = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (String name : names) {
        entries.putNextEntry(new ZipEntry(name));
        if (!name.endsWith("/")) {
          entries.write(name.getBytes(UTF_8));
        }
        entries.closeEntry();
      }
    }
    return zip;
  }
}
