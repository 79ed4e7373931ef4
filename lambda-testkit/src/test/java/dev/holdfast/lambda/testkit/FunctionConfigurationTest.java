package dev.holdfast.lambda.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FunctionConfigurationTest {
  private final FunctionConfiguration function =
      FunctionConfiguration.of("shop.ShipOrder::handleRequest");

  @Test
  void of_handlerString_isNamedAfterItsClass() {
    assertThat(function.name()).isEqualTo("ShipOrder");
  }

  @Test
  void environment_ofTheFunction_goesOverLambdasOwn() {
    assertThat(function.environment("AWS_REGION", "eu-west-1").processEnvironment())
        .containsEntry("AWS_REGION", "eu-west-1")
        .containsEntry("AWS_LAMBDA_FUNCTION_NAME", "ShipOrder");
  }

  @Test
  void endpoint_isWhereTheSdkLooks() {
    assertThat(function.endpoint(URI.create("http://127.0.0.1:8000")).processEnvironment())
        .containsEntry("AWS_ENDPOINT_URL", "http://127.0.0.1:8000");
  }

  @Test
  void timeout_outOfLambdasRange_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> function.timeout(Duration.ofMinutes(16)))
        .withMessage("timeout must be above 0 and at most PT15M, got PT16M");
    assertThatIllegalArgumentException().isThrownBy(() -> function.timeout(Duration.ZERO));
  }

  @Test
  void memory_belowLambdasLeast_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> function.memoryMb(64))
        .withMessage("memory must be at least 128 MB, got 64");
  }

  @Test
  void handler_blank_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> FunctionConfiguration.of(" "));
  }
}
