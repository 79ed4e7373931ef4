package dev.holdfast.cdk.app;

import static dev.holdfast.cdk.SynthesizedTemplate.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.cdk.SynthesizedTemplate;
import java.util.Collection;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class SamplesStackTest {

  private static final JsonNode REPORTS_FAILED =
      json("{\"Fn::GetAtt\": [\"ReportsFailed3B396477\", \"Arn\"]}");

  private static final JsonNode REBUILDS_FAILED =
      json("{\"Fn::GetAtt\": [\"RebuildsFailed74E99FB3\", \"Arn\"]}");

  private static SynthesizedTemplate template;
  private static Collection<JsonNode> functions;

  @BeforeAll
  static void synthesize() {
    template = SynthesizedApp.WITH_SAMPLES.template("HoldfastSamples");
    functions = template.propertiesByLogicalId("AWS::Lambda::Function").values();
  }

  @Test
  void functions_haveSampleHandlers() {
    assertThat(functions)
        .extracting(function -> function.path("Handler").asText())
        .containsExactlyInAnyOrder(
            "dev.holdfast.samples.ShipOrderHandler",
            "dev.holdfast.samples.NightlyReportHandler",
            "dev.holdfast.samples.RebuildIndexHandler");
  }

  @Test
  void functions_runOnJava25_andArm64() {
    assertThat(functions)
        .hasSize(3)
        .allSatisfy(
            function -> {
              assertThat(function.path("Runtime").asText()).isEqualTo("java25");
              assertThat(function.path("Architectures")).isEqualTo(json("[\"arm64\"]"));
            });
  }

  @Test
  void functions_haveTablePrefixAndLedgerVariables() {
    assertThat(functions)
        .hasSize(3)
        .extracting(function -> function.at("/Environment/Variables"))
        .containsOnly(
            json(
                """
                {
                  "HOLDFAST_TABLE": {
                    "Fn::ImportValue": "HoldfastLocks:ExportsOutputRefLocks3E7D824A2605E9C0"
                  },
                  "HOLDFAST_KEY_PREFIX": "samples/",
                  "LEDGER_TABLE": {"Ref": "LedgerB7379752"}
                }
                """));
  }

  @Test
  void ordersQueue_visibilityTimeout_isSixTimesFunctionTimeout() {
    int visibility = ordersQueue().path("VisibilityTimeout").asInt();
    assertThat(functions)
        .hasSize(3)
        .allSatisfy(
            function ->
                assertThat(visibility)
                    .isGreaterThanOrEqualTo(6 * function.path("Timeout").asInt()));
  }

  @Test
  void ordersQueue_hasDeadLetterQueue() {
    assertThat(ordersQueue().path("RedrivePolicy"))
        .isEqualTo(
            json(
                """
                {
                  "deadLetterTargetArn": {"Fn::GetAtt": ["ShipOrderOrdersDeadLetters0B67B53B", "Arn"]},
                  "maxReceiveCount": 10
                }
                """));
  }

  @Test
  void orderStepsFifoQueue_hasSameLimits() {
    JsonNode steps = template.resource("OrderStepsB9267B7C").path("Properties");
    assertThat(steps)
        .isEqualTo(
            json(
                """
                {
                  "FifoQueue": true,
                  "VisibilityTimeout": 180,
                  "SqsManagedSseEnabled": true,
                  "RedrivePolicy": {
                    "deadLetterTargetArn": {"Fn::GetAtt": ["OrderStepsDeadLetters90F7DBAB", "Arn"]},
                    "maxReceiveCount": 10
                  }
                }
                """));
  }

  @Test
  void eventSourceMappings_reportBatchItemFailures() {
    assertThat(template.propertiesByLogicalId("AWS::Lambda::EventSourceMapping").values())
        .containsExactlyInAnyOrder(
            mapping("ShipOrderOrders78A011C9"), mapping("OrderStepsB9267B7C"));
  }

  @Test
  void nightlyReport_isInvokedByScheduleAndRule() {
    JsonNode report = json("{\"Fn::GetAtt\": [\"NightlyReportFE59B3CD\", \"Arn\"]}");
    JsonNode schedule = template.onlyResourceProperties("AWS::Scheduler::Schedule");
    assertThat(schedule.path("ScheduleExpression").asText()).isEqualTo("cron(0 3 * * ? *)");
    assertThat(schedule.at("/Target/Arn")).isEqualTo(report);
    JsonNode rule = template.onlyResourceProperties("AWS::Events::Rule");
    assertThat(rule.path("EventPattern"))
        .isEqualTo(
            json(
                """
                {"source": ["holdfast.samples"], "detail-type": ["ReportRequested"]}
                """));
    assertThat(rule.at("/Targets/0/Arn")).isEqualTo(report);
  }

  @Test
  void failedAsynchronousEvents_goToFailureQueues() {
    assertThat(template.propertiesByLogicalId("AWS::Lambda::EventInvokeConfig").values())
        .extracting(config -> config.at("/DestinationConfig/OnFailure/Destination"))
        .containsExactlyInAnyOrder(REPORTS_FAILED, REBUILDS_FAILED);
    assertThat(
            template
                .onlyResourceProperties("AWS::Events::Rule")
                .at("/Targets/0/DeadLetterConfig/Arn"))
        .isEqualTo(REPORTS_FAILED);
    assertThat(
            template
                .onlyResourceProperties("AWS::Scheduler::Schedule")
                .at("/Target/DeadLetterConfig/Arn"))
        .isEqualTo(REPORTS_FAILED);
  }

  @Test
  void policies_equalCommittedFile() {
    JsonNode committed = json(SynthesizedApp.committedFile("policies.json"));
    Map<String, JsonNode> policies = template.propertiesByLogicalId("AWS::IAM::Policy");
    policies.putAll(template.propertiesByLogicalId("AWS::SQS::QueuePolicy"));
    assertThat(policies).hasSize(committed.size());
    assertThat(policies)
        .allSatisfy(
            (id, policy) ->
                assertThat(policy.path("PolicyDocument"))
                    .as("all of %s in policies.json", id)
                    .isEqualTo(committed.path(id)));
  }

  @Test
  void roles_trustOneServiceOnly() {
    assertThat(template.propertiesByLogicalId("AWS::IAM::Role"))
        .hasSize(4)
        .allSatisfy(
            (id, role) -> {
              JsonNode trust = role.path("AssumeRolePolicyDocument").path("Statement");
              String service = id.startsWith("Scheduler") ? "scheduler" : "lambda";
              assertThat(trust).as(id).hasSize(1);
              assertThat(trust.get(0).path("Principal"))
                  .isEqualTo(json("{\"Service\": \"%s.amazonaws.com\"}".formatted(service)));
            });
  }

  @Test
  void nightlyReport_mayBeInvokedByRuleOnly() {
    JsonNode permission = template.onlyResourceProperties("AWS::Lambda::Permission");
    assertThat(permission.path("Principal").asText()).isEqualTo("events.amazonaws.com");
    assertThat(permission.path("SourceArn"))
        .isEqualTo(json("{\"Fn::GetAtt\": [\"ReportRequestedD1676CEA\", \"Arn\"]}"));
  }

  private static JsonNode mapping(String queue) {
    return json(
        """
        {
          "EventSourceArn": {"Fn::GetAtt": ["%s", "Arn"]},
          "FunctionName": {"Ref": "ShipOrder4D3C2E3D"},
          "FunctionResponseTypes": ["ReportBatchItemFailures"]
        }
        """
            .formatted(queue));
  }

  private static JsonNode ordersQueue() {
    return template.resource("ShipOrderOrders78A011C9").path("Properties");
  }
}
