package dev.holdfast.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.Acknowledgment;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.Validations;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.ReplicaTableProps;
import software.amazon.awscdk.services.dynamodb.TableV2;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.Schedule;
import software.amazon.awscdk.services.events.targets.LambdaFunction;
import software.amazon.awscdk.services.iam.AccountPrincipal;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.lambda.CfnEventSourceMapping;
import software.amazon.awscdk.services.lambda.CfnEventSourceMapping.ScalingConfigProperty;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.sqs.DeadLetterQueue;
import software.amazon.awscdk.services.sqs.Queue;
import software.constructs.IConstruct;

/** Every finding of synthesis can be acknowledged with the CDK's own {@link Validations}. */
final class AcknowledgedFindingsTest {

  private static final List<String> ERRORS =
      List.of(
          "holdfast::batch-item-failures",
          "holdfast::dead-letter-queue",
          "holdfast::failure-destination",
          "holdfast::max-receive-count",
          "holdfast::maximum-concurrency",
          "holdfast::reserved-concurrency",
          "holdfast::visibility-timeout");

  private App app;
  private Stack stack;

  @BeforeEach
  void createStack() {
    app = new App();
    stack = new Stack(app, "Stack");
  }

  @Test
  void everyError_hasId() {
    assertThat(errors(functionWithEveryError())).containsExactlyElementsOf(ERRORS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "holdfast::batch-item-failures",
        "holdfast::dead-letter-queue",
        "holdfast::failure-destination",
        "holdfast::max-receive-count",
        "holdfast::maximum-concurrency",
        "holdfast::reserved-concurrency",
        "holdfast::visibility-timeout"
      })
  void acknowledgedError_isNotReported_othersAre(String id) {
    Function function = functionWithEveryError();
    acknowledge(function, id);
    assertThat(errors(function))
        .containsExactlyElementsOf(ERRORS.stream().filter(error -> !error.equals(id)).toList());
  }

  @Test
  void acknowledgmentOfStack_appliesToItsFunctions_andSynthesisSucceeds() {
    Function function = functionWithEveryError();
    ERRORS.forEach(id -> acknowledge(stack, id));
    assertThat(errors(function)).isEmpty();
    app.synth();
  }

  @Test
  void acknowledgmentOfOtherFunction_doesNotApply() {
    Function function = functionWithEveryError();
    acknowledge(function("Other").build(), "holdfast::reserved-concurrency");
    assertThat(errors(function)).contains("holdfast::reserved-concurrency");
  }

  @Test
  void acknowledgedLimitOfWriteUnits_causesNoWarning() {
    LockTable locks = LockTable.Builder.create(stack, "Locks").maxWriteRequestUnits(100).build();
    assertThat(SynthesisWarnings.of(stack)).hasSize(1);
    acknowledge(locks, "holdfast::max-write-request-units");
    assertThat(SynthesisWarnings.of(stack)).isEmpty();
  }

  @Test
  void acknowledgedPolicyOfImportedKey_causesNoWarning() {
    LockTable locks =
        LockTable.Builder.create(stack, "Locks")
            .tableName("shared-locks")
            .encryptionKey(
                Key.fromKeyArn(stack, "Key", "arn:aws:kms:eu-central-1:111122223333:key/1"))
            .build();
    acknowledge(locks, "holdfast::key-policy");
    locks.grantLocking(new AccountPrincipal("444455556666"));
    assertThat(SynthesisWarnings.of(stack)).isEmpty();
  }

  @Test
  void acknowledgedGlobalTable_causesNoWarning() {
    Stack regional =
        new Stack(
            app,
            "Regional",
            StackProps.builder().env(Environment.builder().region("us-east-1").build()).build());
    TableV2 global =
        TableV2.Builder.create(regional, "Global")
            .partitionKey(
                Attribute.builder().name("resource_id").type(AttributeType.STRING).build())
            .replicas(List.of(ReplicaTableProps.builder().region("us-west-2").build()))
            .build();
    acknowledge(LockTable.of(global), "holdfast::replicas");
    assertThat(SynthesisWarnings.of(regional)).isEmpty();
  }

  private Function functionWithEveryError() {
    Function function = function("Function").reservedConcurrentExecutions(1).build();
    new LockTable(stack, "Locks").connect(function);
    addMapping(function, "First", new Queue(stack, "FirstQueue"));
    addMapping(
        function,
        "Second",
        Queue.Builder.create(stack, "SecondQueue")
            .visibilityTimeout(Duration.minutes(1))
            .deadLetterQueue(
                DeadLetterQueue.builder()
                    .queue(new Queue(stack, "DeadLetters"))
                    .maxReceiveCount(4)
                    .build())
            .build());
    Rule.Builder.create(stack, "Rule")
        .schedule(Schedule.rate(Duration.days(1)))
        .targets(List.of(new LambdaFunction(function)))
        .build();
    return function;
  }

  private Function.Builder function(String id) {
    return Function.Builder.create(stack, id)
        .runtime(Runtime.PYTHON_3_13)
        .handler("index.handler")
        .code(Code.fromInline("def handler(event, context): pass"))
        .timeout(Duration.seconds(10));
  }

  private void addMapping(Function function, String id, Queue queue) {
    CfnEventSourceMapping.Builder.create(stack, id)
        .functionName(function.getFunctionName())
        .eventSourceArn(queue.getQueueArn())
        .scalingConfig(ScalingConfigProperty.builder().maximumConcurrency(1).build())
        .build();
  }

  /** Returns the ids of the errors, sorted. */
  private static List<String> errors(Function function) {
    Pattern id = Pattern.compile("\\((holdfast::[a-z-]+)\\)$");
    return function.getNode().findChild("LockConnection").getNode().validate().stream()
        .flatMap(error -> id.matcher(error).results())
        .map((MatchResult match) -> match.group(1))
        .distinct()
        .sorted()
        .toList();
  }

  private static void acknowledge(IConstruct construct, String id) {
    Validations.of(construct)
        .acknowledge(Acknowledgment.builder().id(id).reason("gradual migration").build());
  }
}
