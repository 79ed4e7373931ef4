package dev.holdfast.lambda.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class SandboxOutlivesNobodyIT {

  @TempDir private Path temporary;

  @Test
  void sandbox_jvmThatStartedItIsInterrupted_isGoneWithAllItWrote() throws IOException {
    Process parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                StartsAndWaits.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader output =
        new BufferedReader(new InputStreamReader(parent.getInputStream(), UTF_8))) {
      long pid = Long.parseLong(output.readLine());
      ProcessHandle sandbox = ProcessHandle.of(pid).orElseThrow();
      assertThat(sandbox.isAlive()).isTrue();

      parent.destroy();

      await().atMost(Duration.ofMinutes(1)).until(() -> !parent.isAlive() && !sandbox.isAlive());
      assertThat(temporary).isEmptyDirectory();
    } finally {
      parent.destroyForcibly();
    }
  }

  /** Starts a sandbox, freezes it, prints its process id, and does not close it. */
  static final class StartsAndWaits {

    private StartsAndWaits() {}

    public static void main(String[] args) throws Exception {
      Sandbox sandbox =
          Sandbox.start(
              FunctionConfiguration.of(Describe.class.getName()), FunctionCode.ofThisJvm());
      sandbox.initialized().join();
      sandbox.freeze();
      System.out.println(sandbox.pid());
      Thread.currentThread().join();
    }
  }
}
