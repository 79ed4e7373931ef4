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
class ParentProcessExitIT {

  @TempDir private Path temporary;

  @Test
  void parentProcess_isTerminated_environmentAndItsFilesAreRemoved() throws IOException {
    Process parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                ParentProcess.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader output =
        new BufferedReader(new InputStreamReader(parent.getInputStream(), UTF_8))) {
      long pid = Long.parseLong(output.readLine());
      ProcessHandle environment = ProcessHandle.of(pid).orElseThrow();
      assertThat(environment.isAlive()).isTrue();

      parent.destroy();

      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> !parent.isAlive() && !environment.isAlive());
      assertThat(temporary).isEmptyDirectory();
    } finally {
      parent.destroyForcibly();
    }
  }

  /** Starts and freezes an execution environment, prints its process id and does not close it. */
  static final class ParentProcess {

    private ParentProcess() {}

    public static void main(String[] args) throws Exception {
      LocalExecutionEnvironment environment =
          LocalExecutionEnvironment.start(
              FunctionConfiguration.of(DescribeInvocationHandler.class.getName()),
              FunctionCode.currentClassPath());
      environment.initialized().join();
      environment.freeze();
      System.out.println(environment.pid());
      Thread.currentThread().join();
    }
  }
}
