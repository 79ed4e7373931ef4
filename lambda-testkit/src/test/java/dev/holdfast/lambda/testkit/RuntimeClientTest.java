package dev.holdfast.lambda.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class RuntimeClientTest {

  @Test
  void classPath_containsClientAndItsDependencies() {
    assertThat(RuntimeClient.classPath())
        .allSatisfy(jar -> assertThat(Files.isRegularFile(jar)).isTrue())
        .extracting(jar -> jar.getFileName().toString().replaceAll("-[0-9].*", ""))
        .containsExactly(
            "aws-lambda-java-runtime-interface-client",
            "aws-lambda-java-core",
            "aws-lambda-java-serialization",
            "utils-lite");
  }

  @Test
  void nativeLibrary_supportedPlatform_isItsLibrary() {
    assertThat(RuntimeClient.nativeLibrary("Linux", "amd64")).endsWith("linux-x86_64.so");
    assertThat(RuntimeClient.nativeLibrary("Linux", "aarch64")).endsWith("linux-aarch_64.so");
  }

  @Test
  void nativeLibrary_unsupportedPlatform_throwsAndSuggestsInProcess() {
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> RuntimeClient.nativeLibrary("Mac OS X", "aarch64"))
        .withMessageContaining("Mac OS X")
        .withMessageContaining("use InProcessInvoker instead");
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> RuntimeClient.nativeLibrary("Linux", "riscv64"))
        .withMessageContaining("riscv64");
  }
}
