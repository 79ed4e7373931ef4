package dev.holdfast.cdk.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cdk.LockTable;
import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import io.github.cdklabs.cdknag.NIST80053R5Checks;
import io.github.cdklabs.cdknag.ServerlessChecks;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.PolicyValidationPluginReport;
import software.amazon.awscdk.PolicyViolation;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.sqs.Queue;

/**
 * The app has no cdk-nag finding of the packs AwsSolutions, Serverless and NIST 800-53 R5 that is
 * not acknowledged with a reason.
 */
final class CdkNagTest {

  @Test
  void app_hasNoFinding() {
    App app = SynthesizedApp.WITH_SAMPLES.app();
    assertThat(app.getNode().getChildren())
        .filteredOn(Stack.class::isInstance)
        .hasSize(2)
        .allSatisfy(stack -> assertThat(findings(app, (Stack) stack)).isEmpty());
  }

  @Test
  void canary_unacknowledgedViolation_isReported() {
    App app = SynthesizedApp.app(Map.of());
    Stack stack = new Stack(app, "Canary");
    new LockTable(stack, "Locks");
    new Queue(stack, "Queue");
    assertThat(findings(app, stack))
        .containsExactlyInAnyOrder(
            "AwsSolutions-DDB3",
            "AwsSolutions-SQS3",
            "AwsSolutions-SQS4",
            "NIST.800.53.R5-DynamoDBInBackupPlan",
            "NIST.800.53.R5-DynamoDBPITREnabled",
            "Serverless-SQSRedrivePolicy");
  }

  private static List<String> findings(App app, Stack stack) {
    return Stream.of(
            new AwsSolutionsChecks(app).validateScope(stack),
            new ServerlessChecks(app).validateScope(stack),
            new NIST80053R5Checks(app).validateScope(stack))
        .map(PolicyValidationPluginReport::getViolations)
        .flatMap(List::stream)
        .map(PolicyViolation::getRuleName)
        .toList();
  }
}
