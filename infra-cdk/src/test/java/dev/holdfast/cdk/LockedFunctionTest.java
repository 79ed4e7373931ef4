package dev.holdfast.cdk;

import static dev.holdfast.cdk.SynthesizedTemplate.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.events.EventPattern;
import software.amazon.awscdk.services.events.RuleProps;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.destinations.SqsDestination;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.IBucket;
import software.amazon.awscdk.services.sqs.Queue;

final class LockedFunctionTest {

  private Stack stack;
  private LockTable locks;

  @BeforeEach
  void createTable() {
    stack = new Stack(new App(), "Stack");
    locks = new LockTable(stack, "Locks");
  }

  @Test
  void defaults_synthesizeExpectedFunction() {
    function(props -> props);
    assertThat(template().onlyResourceProperties("AWS::Lambda::Function"))
        .isEqualTo(
            json(
                """
                {
                  "Runtime": "java25",
                  "Architectures": ["arm64"],
                  "Handler": "shop.ShipOrder",
                  "Code": {"S3Bucket": "code", "S3Key": "shop.zip"},
                  "MemorySize": 512,
                  "Timeout": 30,
                  "Role": {"Fn::GetAtt": ["ShipOrderRole10BE3504", "Arn"]},
                  "LoggingConfig": {"LogGroup": {"Ref": "ShipOrderLogsC17A9475"}},
                  "Environment": {"Variables": {"HOLDFAST_TABLE": {"Ref": "Locks3E7D824A"}}}
                }
                """));
  }

  @Test
  void role_allowsLoggingAndLockingOnly() {
    function(props -> props.keyPrefix("orders/"));
    assertThat(template().onlyResourceProperties("AWS::IAM::Role").has("ManagedPolicyArns"))
        .isFalse();
    assertThat(template().onlyResourceProperties("AWS::IAM::Policy").path("PolicyDocument"))
        .isEqualTo(
            json(
                """
                {
                  "Version": "2012-10-17",
                  "Statement": [
                    {
                      "Effect": "Allow",
                      "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
                      "Resource": {"Fn::GetAtt": ["ShipOrderLogsC17A9475", "Arn"]}
                    },
                    {
                      "Effect": "Allow",
                      "Action": ["dynamodb:DeleteItem", "dynamodb:PutItem"],
                      "Resource": {"Fn::GetAtt": ["Locks3E7D824A", "Arn"]},
                      "Condition": {
                        "ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["orders/*"]},
                        "Null": {"dynamodb:LeadingKeys": "false"}
                      }
                    }
                  ]
                }
                """));
  }

  @Test
  void logGroup_retainsLogsForOneMonth() {
    function(props -> props);
    assertThat(
            template()
                .onlyResourceProperties("AWS::Logs::LogGroup")
                .path("RetentionInDays")
                .asInt())
        .isEqualTo(30);
  }

  @Test
  void everyOption_isSynthesized() {
    Role role =
        Role.Builder.create(stack, "Ours")
            .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
            .build();
    function(
        props ->
            props
                .keyPrefix("orders/")
                .runtime(Runtime.JAVA_21)
                .architecture(Architecture.X86_64)
                .memorySize(1024)
                .timeout(Duration.seconds(12))
                .environment("SHOP", "7")
                .role(role));
    assertThat(template().onlyResourceProperties("AWS::Lambda::Function"))
        .isEqualTo(
            json(
                """
                {
                  "Runtime": "java21",
                  "Architectures": ["x86_64"],
                  "Handler": "shop.ShipOrder",
                  "Code": {"S3Bucket": "code", "S3Key": "shop.zip"},
                  "MemorySize": 1024,
                  "Timeout": 12,
                  "Role": {"Fn::GetAtt": ["OursE5FAB774", "Arn"]},
                  "LoggingConfig": {"LogGroup": {"Ref": "ShipOrderLogsC17A9475"}},
                  "Environment": {"Variables": {
                    "HOLDFAST_TABLE": {"Ref": "Locks3E7D824A"},
                    "HOLDFAST_KEY_PREFIX": "orders/",
                    "SHOP": "7"
                  }}
                }
                """));
  }

  @Test
  void live_withoutSnapStart_isFunctionItself() {
    LockedFunction function = function(props -> props);
    assertThat(function.getLive()).isSameAs(function);
  }

  @Test
  void snapStart_attachesEventSourceAndFailureDestinationToAlias() {
    Queue failed = new Queue(stack, "Failed");
    LockedFunction function =
        function(props -> props.snapStart(true).onFailure(new SqsDestination(failed)));
    function.addSqsEventSource("Orders");
    SynthesizedTemplate template = template();
    assertThat(template.onlyResourceProperties("AWS::Lambda::Function").path("SnapStart"))
        .isEqualTo(json("{\"ApplyOn\": \"PublishedVersions\"}"));
    assertThat(template.onlyResourceProperties("AWS::Lambda::Alias").path("Name").asText())
        .isEqualTo("live");
    assertThat(
            template
                .onlyResourceProperties("AWS::Lambda::EventSourceMapping")
                .path("FunctionName")
                .toString())
        .contains("\"Ref\":\"ShipOrderAliaslive");
    assertThat(
            template
                .onlyResourceProperties("AWS::Lambda::EventInvokeConfig")
                .path("Qualifier")
                .toString())
        .contains("\"Ref\":\"ShipOrderAliaslive");
  }

  @Test
  void addSqsEventSource_createsQueueThatMatchesFunctionTimeout() {
    function(props -> props.timeout(Duration.seconds(20))).addSqsEventSource("Orders");
    SynthesizedTemplate template = template();
    assertThat(resource(template, "AWS::SQS::Queue", "Orders"))
        .isEqualTo(
            json(
                """
                {
                  "VisibilityTimeout": 120,
                  "RedrivePolicy": {
                    "deadLetterTargetArn": {"Fn::GetAtt": ["OrdersDeadLetters5F17D95A", "Arn"]},
                    "maxReceiveCount": 10
                  }
                }
                """));
    assertThat(resource(template, "AWS::SQS::Queue", "OrdersDeadLetters"))
        .isEqualTo(json("{\"MessageRetentionPeriod\": 1209600}"));
    assertThat(template.onlyResourceProperties("AWS::Lambda::EventSourceMapping"))
        .isEqualTo(
            json(
                """
                {
                  "EventSourceArn": {"Fn::GetAtt": ["OrdersA9B65338", "Arn"]},
                  "FunctionName": {"Ref": "ShipOrder4D3C2E3D"},
                  "FunctionResponseTypes": ["ReportBatchItemFailures"]
                }
                """));
  }

  @Test
  void addEventBridgeRule_targetsNewSqsEventSource() {
    RuleProps placed =
        RuleProps.builder()
            .eventPattern(EventPattern.builder().source(List.of("shop")).build())
            .build();
    function(props -> props).addEventBridgeRule("Placed", placed);
    SynthesizedTemplate template = template();
    JsonNode rule = template.onlyResourceProperties("AWS::Events::Rule");
    assertThat(rule.path("EventPattern")).isEqualTo(json("{\"source\": [\"shop\"]}"));
    assertThat(rule.path("Targets")).hasSize(1);
    JsonNode queue = rule.at("/Targets/0/Arn");
    assertThat(queue.toString()).contains("PlacedQueue");
    assertThat(
            template
                .onlyResourceProperties("AWS::Lambda::EventSourceMapping")
                .path("EventSourceArn"))
        .isEqualTo(queue);
    assertThat(template.propertiesByLogicalId("AWS::Lambda::Permission")).isEmpty();
  }

  private LockedFunction function(UnaryOperator<LockedFunctionProps.Builder> options) {
    Code code = Code.fromBucket(bucket(), "shop.zip");
    LockedFunctionProps.Builder builder =
        LockedFunctionProps.builder(locks, "shop.ShipOrder", code);
    return new LockedFunction(stack, "ShipOrder", options.apply(builder).build());
  }

  private IBucket bucket() {
    return Bucket.fromBucketName(stack, "Code", "code");
  }

  private SynthesizedTemplate template() {
    return SynthesizedTemplate.of(stack);
  }

  /** Returns the properties of the resource whose logical id is the name and a hash. */
  private static JsonNode resource(SynthesizedTemplate template, String type, String name) {
    return template.propertiesByLogicalId(type).entrySet().stream()
        .filter(resource -> resource.getKey().matches(name + "[0-9A-F]{8}"))
        .map(Map.Entry::getValue)
        .findAny()
        .orElseThrow();
  }
}
