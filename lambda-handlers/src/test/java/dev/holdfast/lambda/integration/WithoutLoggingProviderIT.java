package dev.holdfast.lambda.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lambda.fixtures.PolicyEnforcedDynamoDb;
import dev.holdfast.lambda.testkit.FunctionCode;
import dev.holdfast.lambda.testkit.FunctionConfiguration;
import dev.holdfast.lambda.testkit.LocalExecutionEnvironment;
import dev.holdfast.lambda.testkit.SampleEvents;
import dev.holdfast.lambda.testkit.SqsMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests a function in the real runtime client, without a provider of SLF4J on its class path. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class WithoutLoggingProviderIT {
  @AutoClose private static final PolicyEnforcedDynamoDb dynamo = PolicyEnforcedDynamoDb.start();

  private static FunctionCode withoutProvider() {
    FunctionCode.ClassPath code = (FunctionCode.ClassPath) FunctionCode.currentClassPath();
    return new FunctionCode.ClassPath(
        code.entries().stream()
            .filter(entry -> !entry.toString().contains("slf4j-simple"))
            .toList());
  }

  @Test
  void failingMessage_isLoggedOnceWithItsException() throws IOException {
    FunctionConfiguration function =
        FunctionConfiguration.of(TriggerFunctions.Sqs.class.getName())
            .name("ship-order")
            .timeout(Duration.ofSeconds(30))
            .endpoint(dynamo.endpoint())
            .environment("HOLDFAST_TABLE", "locks")
            .environment("HOLDFAST_RESOURCE_ID", "/body/order");
    try (LocalExecutionEnvironment environment =
        LocalExecutionEnvironment.start(function, withoutProvider())) {
      environment.invoke(SampleEvents.sqs(SqsMessage.of("m-1", "{\"order\":\"fail\"}"))).join();
      assertThat(environment.log())
          .contains("No SLF4J providers were found")
          .containsOnlyOnce("outcome=failed message=m-1 request=")
          .contains("java.lang.IllegalStateException: simulated failure\n")
          .contains("\"Failed\":1,");
    }
  }
}
