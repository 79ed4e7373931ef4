package dev.holdfast.lock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class HolderTextTest {
  private static final Map<String, String> LAMBDA =
      Map.of(
          "AWS_LAMBDA_FUNCTION_NAME", "ship-orders",
          "AWS_LAMBDA_FUNCTION_VERSION", "7",
          "AWS_LAMBDA_LOG_STREAM_NAME", "2026/01/01/[7]0123456789abcdef",
          "HOSTNAME", "169.254.10.1");

  @Test
  void inLambda_itTellsFunctionSandboxProcessAndThread() {
    assertThat(HolderText.of(LAMBDA::get, 8, "main"))
        .isEqualTo("ship-orders:7 2026/01/01/[7]0123456789abcdef pid 8 main");
  }

  @Test
  void inLambdaWithoutAVersion_itTellsTheFunction() {
    Map<String, String> environment =
        Map.of("AWS_LAMBDA_FUNCTION_NAME", "ship-orders", "HOSTNAME", "h");
    assertThat(HolderText.of(environment::get, 8, "main")).isEqualTo("ship-orders h pid 8 main");
  }

  @Test
  void elsewhere_itTellsHostProcessAndThread() {
    assertThat(HolderText.of(Map.of("HOSTNAME", "web-3")::get, 4711, "worker-2"))
        .isEqualTo("web-3 pid 4711 worker-2");
    assertThat(HolderText.of(Map.of("COMPUTERNAME", "WEB3")::get, 4711, "worker-2"))
        .isEqualTo("WEB3 pid 4711 worker-2");
  }

  @Test
  void withoutAnyVariable_itTellsWhatTheSystemSays() {
    assertThat(HolderText.of(Map.of("HOSTNAME", " ")::get, 4711, "worker-2"))
        .matches("(\\S+ )?pid 4711 worker-2");
  }

  @Test
  void here_itTellsThisProcessAndThisThread() {
    assertThat(HolderText.ofThisThread())
        .endsWith("pid " + ProcessHandle.current().pid() + " " + Thread.currentThread().getName());
  }

  @Test
  void longText_isCut_andNotWithinACharacter() {
    assertThat(HolderText.line("x".repeat(500))).hasSize(200);
    assertThat(HolderText.line("x".repeat(199) + "\uD83D\uDE00")).isEqualTo("x".repeat(199));
    assertThat(HolderText.line("x".repeat(198) + "\uD83D\uDE00")).hasSize(200);
  }

  @Test
  void textOfSeveralLines_becomesOne() {
    assertThat(HolderText.line("me\r\nlevel=ERROR forged")).isEqualTo("me level=ERROR forged");
  }
}
