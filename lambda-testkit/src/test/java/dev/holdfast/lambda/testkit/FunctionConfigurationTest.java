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
  void environment_variableOfFunction_overridesLambdaDefault() {
    assertThat(function.environment("AWS_REGION", "eu-west-1").processEnvironment())
        .containsEntry("AWS_REGION", "eu-west-1")
        .containsEntry("AWS_LAMBDA_FUNCTION_NAME", "ShipOrder");
  }

  @Test
  void endpoint_setsAwsEndpointUrlVariable() {
    assertThat(function.endpoint(URI.create("http://127.0.0.1:8000")).processEnvironment())
        .containsEntry("AWS_ENDPOINT_URL", "http://127.0.0.1:8000");
  }

  @Test
  void timeout_outOfRange_isRejected() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> function.timeout(Duration.ofMinutes(16)))
        .withMessage("timeout must be above 0 and at most PT15M, got PT16M");
    assertThatIllegalArgumentException().isThrownBy(() -> function.timeout(Duration.ZERO));
  }

  @Test
  void memoryMb_belowMinimum_isRejected() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> function.memoryMb(64))
        .withMessage("memory must be at least 128 MB, got 64");
  }

  @Test
  void handler_blank_isRejected() {
    assertThatIllegalArgumentException().isThrownBy(() -> FunctionConfiguration.of(" "));
  }
}
