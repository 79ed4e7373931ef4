package dev.holdfast.cdk;

import static dev.holdfast.cdk.SynthesizedTemplate.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.CfnElement;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.events.EventPattern;
import software.amazon.awscdk.services.events.RuleProps;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.CfnFunction;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.LayerVersion;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.SnapStartConf;
import software.amazon.awscdk.services.lambda.Tracing;
import software.amazon.awscdk.services.lambda.destinations.SqsDestination;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.IBucket;
import software.amazon.awscdk.services.sqs.Queue;
import software.constructs.IConstruct;

final class LockedFunctionTest {

  private Stack stack;
  private LockTable locks;
  private IBucket bucket;

  @BeforeEach
  void createTable() {
    stack = new Stack(new App(), "Stack");
    locks = new LockTable(stack, "Locks");
    bucket = Bucket.fromBucketName(stack, "Code", "code");
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
                  "Role": {"Fn::GetAtt": ["ShipOrderRoleE05BFF2D", "Arn"]},
                  "LoggingConfig": {"LogGroup": {"Ref": "ShipOrderLogsFC8C5EE7"}},
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
                      "Resource": {"Fn::GetAtt": ["ShipOrderLogsFC8C5EE7", "Arn"]}
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
  void functionOptions_replaceDefaults() {
    function(
        props ->
            props
                .keyPrefix("orders/")
                .functionOptions(o -> o.runtime(Runtime.JAVA_21).architecture(Architecture.X86_64))
                .functionOptions(o -> o.memorySize(1024).timeout(Duration.seconds(12)))
                .functionOptions(o -> o.environment(Map.of("SHOP", "7"))));
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
                  "Role": {"Fn::GetAtt": ["ShipOrderRoleE05BFF2D", "Arn"]},
                  "LoggingConfig": {"LogGroup": {"Ref": "ShipOrderLogsFC8C5EE7"}},
                  "Environment": {"Variables": {
                    "HOLDFAST_TABLE": {"Ref": "Locks3E7D824A"},
                    "HOLDFAST_KEY_PREFIX": "orders/",
                    "SHOP": "7"
                  }}
                }
                """));
  }

  @Test
  void functionOptions_withAllThatComplianceRulesNeed_areSynthesized() {
    Vpc vpc = new Vpc(stack, "Vpc");
    Key key = new Key(stack, "Key");
    LogGroup logs = LogGroup.Builder.create(stack, "OurLogs").encryptionKey(key).build();
    Queue failed = new Queue(stack, "Failed");
    LayerVersion layer =
        LayerVersion.Builder.create(stack, "Layer").code(code("layer.zip")).build();
    function(
        props ->
            props.functionOptions(
                options ->
                    options
                        .vpc(vpc)
                        .logGroup(logs)
                        .environmentEncryption(key)
                        .deadLetterQueue(failed)
                        .layers(List.of(layer))
                        .tracing(Tracing.ACTIVE)
                        .description("ships orders")
                        .reservedConcurrentExecutions(20)));
    JsonNode properties = template().onlyResourceProperties("AWS::Lambda::Function");
    assertThat(properties.at("/VpcConfig/SubnetIds")).hasSize(2);
    assertThat(properties.path("LoggingConfig")).isEqualTo(reference("LogGroup", "Ref", logs));
    assertThat(properties.at("/KmsKeyArn/Fn::GetAtt/0").asText()).isEqualTo(logicalId(key));
    assertThat(properties.at("/DeadLetterConfig/TargetArn/Fn::GetAtt/0").asText())
        .isEqualTo(logicalId(failed));
    assertThat(properties.at("/Layers/0/Ref").asText()).isEqualTo(logicalId(layer));
    assertThat(properties.at("/TracingConfig/Mode").asText()).isEqualTo("Active");
    assertThat(properties.path("Description").asText()).isEqualTo("ships orders");
    assertThat(properties.path("ReservedConcurrentExecutions").asInt()).isEqualTo(20);
  }

  @Test
  void vpc_allowsNetworkInterfacesAndNoOtherLogs() {
    Vpc vpc = new Vpc(stack, "Vpc");
    function(props -> props.functionOptions(options -> options.vpc(vpc)));
    assertThat(template().onlyResourceProperties("AWS::IAM::Role").path("ManagedPolicyArns"))
        .hasSize(1)
        .first()
        .asString()
        .contains(":iam::aws:policy/service-role/AWSLambdaENIManagementAccess");
  }

  @Test
  void ownRoleAndLogGroup_areUsed_andMayWriteLogs() {
    Role role =
        Role.Builder.create(stack, "Ours")
            .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
            .build();
    LogGroup logs = new LogGroup(stack, "OurLogs");
    function(props -> props.functionOptions(options -> options.role(role).logGroup(logs)));
    SynthesizedTemplate template = template();
    assertThat(template.onlyResourceProperties("AWS::Lambda::Function").at("/Role/Fn::GetAtt/0"))
        .isEqualTo(json('"' + logicalId(role) + '"'));
    assertThat(template.onlyResourceProperties("AWS::IAM::Policy").toString())
        .contains("logs:PutLogEvents", logicalId(logs));
    assertThat(template.propertiesByLogicalId("AWS::IAM::Role")).hasSize(1);
    assertThat(template.propertiesByLogicalId("AWS::Logs::LogGroup")).hasSize(1);
  }

  @Test
  void logRetention_setsRetentionOfLogGroup_withoutCustomResource() {
    function(
        props ->
            props.functionOptions(
                options ->
                    options
                        .logRetention(RetentionDays.ONE_YEAR)
                        .logRemovalPolicy(RemovalPolicy.RETAIN)));
    SynthesizedTemplate template = template();
    assertThat(
            template.onlyResourceProperties("AWS::Logs::LogGroup").path("RetentionInDays").asInt())
        .isEqualTo(365);
    assertThat(template.resource("ShipOrderLogsFC8C5EE7").path("DeletionPolicy").asText())
        .isEqualTo("Retain");
    assertThat(template.propertiesByLogicalId("Custom::LogRetention")).isEmpty();
  }

  @Test
  void function_itsRoleItsLogsAndItsQueues_areOneConstructOfTheCaller() {
    LockedFunction function = function(props -> props);
    function.addSqsEventSource("Orders");
    assertThat(stack.getNode().getChildren())
        .extracting(child -> child.getNode().getId())
        .containsExactly("Locks", "Code", "ShipOrder");
    assertThat(stack.getNode().findChild("ShipOrder").getNode().getDefaultChild())
        .isInstanceOf(CfnFunction.class)
        .isSameAs(function.getNode().getDefaultChild());
  }

  @Test
  void sameProps_createIndependentFunctions() {
    LockedFunctionProps props =
        LockedFunctionProps.builder()
            .lockTable(locks)
            .handler("shop.ShipOrder")
            .code(code("shop.zip"))
            .build();
    LockedFunction first = new LockedFunction(stack, "First", props);
    LockedFunction second = new LockedFunction(stack, "Second", props);
    assertThat(first.getRole()).isNotSameAs(second.getRole());
    assertThat(template().propertiesByLogicalId("AWS::Logs::LogGroup")).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"lockTable", "handler", "code"})
  void missingRequiredOption_isRejected(String missing) {
    LockedFunction.Builder builder = LockedFunction.Builder.create(stack, "ShipOrder");
    if (!missing.equals("lockTable")) {
      builder.lockTable(locks);
    }
    if (!missing.equals("handler")) {
      builder.handler("shop.ShipOrder");
    }
    if (!missing.equals("code")) {
      builder.code(code("shop.zip"));
    }
    assertThatThrownBy(builder::build)
        .isInstanceOf(NullPointerException.class)
        .hasMessage(missing + " is required");
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
        function(
            props ->
                props.functionOptions(
                    options ->
                        options
                            .snapStart(SnapStartConf.ON_PUBLISHED_VERSIONS)
                            .onFailure(new SqsDestination(failed))));
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
    assertThat(template.propertiesByLogicalId("AWS::Lambda::EventInvokeConfig").values())
        .extracting(config -> config.path("Qualifier").toString())
        .satisfiesExactlyInAnyOrder(
            qualifier -> assertThat(qualifier).isEqualTo("\"$LATEST\""),
            qualifier -> assertThat(qualifier).contains("\"Ref\":\"ShipOrderAliaslive"));
  }

  @Test
  void addSqsEventSource_createsQueueThatMatchesFunctionTimeout() {
    function(props -> props.functionOptions(o -> o.timeout(Duration.seconds(20))))
        .addSqsEventSource("Orders");
    SynthesizedTemplate template = template();
    assertThat(resource(template, "AWS::SQS::Queue", "ShipOrderOrders"))
        .isEqualTo(
            json(
                """
                {
                  "VisibilityTimeout": 120,
                  "SqsManagedSseEnabled": true,
                  "RedrivePolicy": {
                    "deadLetterTargetArn": {"Fn::GetAtt": ["ShipOrderOrdersDeadLetters0B67B53B", "Arn"]},
                    "maxReceiveCount": 10
                  }
                }
                """));
    assertThat(resource(template, "AWS::SQS::Queue", "ShipOrderOrdersDeadLetters"))
        .isEqualTo(json("{\"MessageRetentionPeriod\": 1209600, \"SqsManagedSseEnabled\": true}"));
    assertThat(template.onlyResourceProperties("AWS::Lambda::EventSourceMapping"))
        .isEqualTo(
            json(
                """
                {
                  "EventSourceArn": {"Fn::GetAtt": ["ShipOrderOrders78A011C9", "Arn"]},
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

  private LockedFunction function(UnaryOperator<LockedFunction.Builder> options) {
    LockedFunction.Builder builder =
        LockedFunction.Builder.create(stack, "ShipOrder")
            .lockTable(locks)
            .handler("shop.ShipOrder")
            .code(code("shop.zip"));
    return options.apply(builder).build();
  }

  private Code code(String file) {
    return Code.fromBucket(bucket, file);
  }

  private String logicalId(IConstruct construct) {
    return stack.getLogicalId((CfnElement) construct.getNode().getDefaultChild());
  }

  private JsonNode reference(String name, String function, IConstruct construct) {
    return json("{\"%s\": {\"%s\": \"%s\"}}".formatted(name, function, logicalId(construct)));
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
