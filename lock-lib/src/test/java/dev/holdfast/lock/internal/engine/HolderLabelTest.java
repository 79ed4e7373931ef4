package dev.holdfast.lock.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class HolderLabelTest {
  private static final Map<String, String> LAMBDA =
      Map.of(
          "AWS_LAMBDA_FUNCTION_NAME", "ship-orders",
          "AWS_LAMBDA_FUNCTION_VERSION", "7",
          "AWS_LAMBDA_LOG_STREAM_NAME", "2026/01/01/[7]0123456789abcdef",
          "HOSTNAME", "169.254.10.1");

  @Test
  void of_inLambda_showsFunctionLogStreamProcessAndThread() {
    assertThat(HolderLabel.of(LAMBDA::get, 8, "main"))
        .isEqualTo("ship-orders:7 2026/01/01/[7]0123456789abcdef pid 8 main");
  }

  @Test
  void of_inLambdaWithoutAVersion_showsTheFunction() {
    Map<String, String> environment =
        Map.of("AWS_LAMBDA_FUNCTION_NAME", "ship-orders", "HOSTNAME", "h");
    assertThat(HolderLabel.of(environment::get, 8, "main")).isEqualTo("ship-orders h pid 8 main");
  }

  @Test
  void of_outsideLambda_showsHostProcessAndThread() {
    assertThat(HolderLabel.of(Map.of("HOSTNAME", "web-3")::get, 4711, "worker-2"))
        .isEqualTo("web-3 pid 4711 worker-2");
    assertThat(HolderLabel.of(Map.of("COMPUTERNAME", "WEB3")::get, 4711, "worker-2"))
        .isEqualTo("WEB3 pid 4711 worker-2");
  }

  @Test
  void of_withoutVariables_showsTheSystemsHostName() {
    assertThat(HolderLabel.of(Map.of("HOSTNAME", " ")::get, 4711, "worker-2"))
        .matches("(\\S+ )?pid 4711 worker-2");
  }

  @Test
  void forCurrentThread_showsThisProcessAndThread() {
    assertThat(HolderLabel.forCurrentThread())
        .endsWith("pid " + ProcessHandle.current().pid() + " " + Thread.currentThread().getName());
  }

  @Test
  void toSingleLine_ofALongText_isTruncatedBetweenCharacters() {
    assertThat(HolderLabel.toSingleLine("x".repeat(500))).hasSize(200);
    assertThat(HolderLabel.toSingleLine("x".repeat(199) + "\uD83D\uDE00"))
        .isEqualTo("x".repeat(199));
    assertThat(HolderLabel.toSingleLine("x".repeat(198) + "\uD83D\uDE00")).hasSize(200);
  }

  @Test
  void toSingleLine_ofSeveralLines_isOneLine() {
    assertThat(HolderLabel.toSingleLine("me\r\nlevel=ERROR forged"))
        .isEqualTo("me level=ERROR forged");
  }
}
