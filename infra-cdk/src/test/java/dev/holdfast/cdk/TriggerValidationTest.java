package dev.holdfast.cdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.events.EventPattern;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.targets.LambdaFunction;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.CfnEventSourceMapping;
import software.amazon.awscdk.services.lambda.CfnFunction;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.EventInvokeConfigOptions;
import software.amazon.awscdk.services.lambda.EventSourceMappingOptions;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.IFunction;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.destinations.SqsDestination;
import software.amazon.awscdk.services.lambda.eventsources.SqsEventSource;
import software.amazon.awscdk.services.scheduler.Schedule;
import software.amazon.awscdk.services.scheduler.ScheduleExpression;
import software.amazon.awscdk.services.scheduler.targets.LambdaInvoke;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sns.subscriptions.LambdaSubscription;
import software.amazon.awscdk.services.sqs.DeadLetterQueue;
import software.amazon.awscdk.services.sqs.IQueue;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueProps;

final class TriggerValidationTest {

  private App app;
  private Stack stack;
  private Function function;

  @BeforeEach
  void connectFunction() {
    app = new App();
    stack = new Stack(app, "Stack");
    function =
        Function.Builder.create(stack, "Function")
            .runtime(Runtime.PYTHON_3_13)
            .handler("index.handler")
            .code(Code.fromInline("def handler(event, context): pass"))
            .timeout(Duration.seconds(10))
            .build();
    new LockTable(stack, "Locks").connect(function);
  }

  @Test
  void functionWithoutTrigger_hasNoFinding() {
    assertThat(findings()).isEmpty();
  }

  @Test
  void validQueue_hasNoFinding() {
    function.addEventSource(eventSourceReportingFailures(validQueue(stack).build()));
    assertThat(findings()).isEmpty();
  }

  @Test
  void finding_failsSynthesis() {
    function.addEventSource(SqsEventSource.Builder.create(validQueue(stack).build()).build());
    assertThatThrownBy(() -> app.synth())
        .hasMessageContaining("[Stack/Function/LockConnection] Stack/Function/SqsEventSource:");
  }

  @Test
  void batchItemFailuresNotReported_isReported() {
    function.addEventSource(SqsEventSource.Builder.create(validQueue(stack).build()).build());
    assertThat(findings())
        .containsExactly(
            "Stack/Function/SqsEventSource:StackQueue1DEA7C94 must have function response type"
                + " ReportBatchItemFailures, got []: without it Lambda deletes messages that found a"
                + " busy lock; set reportBatchItemFailures to true");
  }

  @Test
  void shortVisibilityTimeout_isReported_withBothValues() {
    function.addEventSource(
        eventSourceReportingFailures(
            validQueue(stack).visibilityTimeout(Duration.seconds(59)).build()));
    assertThat(findings())
        .containsExactly(
            "Stack/Queue has a visibility timeout of 59 s, and Stack/Function has a timeout of 10 s:"
                + " a message may be redelivered while it is processed; set the visibility timeout"
                + " to at least 60 s");
  }

  @Test
  void batchingWindow_isAddedToRequiredVisibilityTimeout() {
    function.addEventSource(
        SqsEventSource.Builder.create(validQueue(stack).build())
            .reportBatchItemFailures(true)
            .maxBatchingWindow(Duration.seconds(5))
            .build());
    assertThat(findings()).singleElement().asString().endsWith("to at least 65 s");
  }

  @Test
  void unsetTimeouts_useServiceDefaults() {
    CfnFunction resource = (CfnFunction) function.getNode().getDefaultChild();
    resource.setTimeout(null);
    IQueue queue =
        new Queue(
            stack,
            "Queue",
            QueueProps.builder().deadLetterQueue(deadLetterQueue(stack, 5)).build());
    function.addEventSource(eventSourceReportingFailures(queue));
    assertThat(findings()).isEmpty();
    resource.setTimeout(6);
    assertThat(findings())
        .singleElement()
        .asString()
        .startsWith(
            "Stack/Queue has a visibility timeout of 30 s, and Stack/Function has a timeout of 6 s: ");
  }

  @Test
  void missingDeadLetterQueue_isReported() {
    function.addEventSource(
        eventSourceReportingFailures(
            Queue.Builder.create(stack, "Queue").visibilityTimeout(Duration.minutes(1)).build()));
    assertThat(findings())
        .containsExactly(
            "Stack/Queue, the event source of Stack/Function, has no dead-letter queue: a message"
                + " that always fails is redelivered until it expires; add one with a maximum"
                + " receive count of at least 5");
  }

  @Test
  void lowMaxReceiveCount_isReported_withValue() {
    function.addEventSource(
        eventSourceReportingFailures(
            validQueue(stack).deadLetterQueue(deadLetterQueue(stack, 4)).build()));
    assertThat(findings())
        .containsExactly(
            "Stack/Queue has a maximum receive count of 4, and Stack/Function receives a message"
                + " again each time that its lock is busy: set the maximum receive count to at"
                + " least 5");
  }

  @Test
  void maximumConcurrencyOfOne_isReported() {
    Queue queue = validQueue(stack).build();
    function.addEventSource(
        SqsEventSource.Builder.create(queue)
            .reportBatchItemFailures(true)
            .maxConcurrency(2)
            .build());
    assertThat(findings()).isEmpty();
    mapping()
        .setScalingConfig(
            CfnEventSourceMapping.ScalingConfigProperty.builder().maximumConcurrency(1).build());
    assertThat(findings())
        .singleElement()
        .asString()
        .contains("must have a maximum concurrency from 2 to 1000, got 1: omit it");
  }

  @Test
  void reservedConcurrencyOfOne_withQueue_isReported() {
    function.addEventSource(eventSourceReportingFailures(validQueue(stack).build()));
    ((CfnFunction) function.getNode().getDefaultChild()).setReservedConcurrentExecutions(1);
    assertThat(findings())
        .singleElement()
        .asString()
        .startsWith(
            "Stack/Function must have a reserved concurrency above 1, got 1: Stack/Function/Sqs");
  }

  @Test
  void queueOfOtherStack_isValidated() {
    Stack other = new Stack(app, "Other");
    function.addEventSource(
        eventSourceReportingFailures(
            validQueue(other).visibilityTimeout(Duration.seconds(59)).build()));
    assertThat(findings())
        .singleElement()
        .asString()
        .startsWith("Other/Queue has a visibility timeout of 59 s");
  }

  @Test
  void mappingOfOtherStack_isValidated() {
    Stack other = new Stack(app, "Other");
    CfnEventSourceMapping.Builder.create(other, "Mapping")
        .functionName(function.getFunctionArn())
        .eventSourceArn(validQueue(other).build().getQueueArn())
        .build();
    assertThat(findings())
        .singleElement()
        .asString()
        .startsWith(
            "Other/Mapping must have function response type ReportBatchItemFailures, got []: ");
  }

  @Test
  void mappingByPhysicalName_isValidated() {
    ((CfnFunction) function.getNode().getDefaultChild()).setFunctionName("ship-order");
    CfnEventSourceMapping.Builder.create(stack, "Mapping")
        .functionName("ship-order")
        .eventSourceArn("arn:aws:sqs:eu-central-1:111122223333:theirs")
        .build();
    assertThat(findings())
        .singleElement()
        .asString()
        .startsWith("Stack/Mapping must have function");
  }

  @Test
  void mappingOfAlias_isValidated() {
    function
        .addAlias("live")
        .addEventSource(SqsEventSource.Builder.create(validQueue(stack).build()).build());
    assertThat(findings())
        .singleElement()
        .asString()
        .startsWith(
            "Stack/Function/Aliaslive/SqsEventSource:StackQueue1DEA7C94 must have function");
  }

  @Test
  void importedQueue_onlyMappingIsValidated() {
    IQueue theirs =
        Queue.fromQueueArn(stack, "Theirs", "arn:aws:sqs:eu-central-1:111122223333:theirs");
    function.addEventSource(SqsEventSource.Builder.create(theirs).build());
    assertThat(findings()).singleElement().asString().contains("ReportBatchItemFailures");
  }

  @Test
  void streamMapping_isNotValidated() {
    function.addEventSourceMapping(
        "Stream",
        EventSourceMappingOptions.builder()
            .eventSourceArn("arn:aws:kinesis:eu-central-1:111122223333:stream/theirs")
            .build());
    assertThat(findings()).isEmpty();
  }

  @Test
  void unconnectedFunction_isNotValidated() {
    Function other =
        Function.Builder.create(stack, "Other")
            .runtime(Runtime.PYTHON_3_13)
            .handler("index.handler")
            .code(Code.fromInline("def handler(event, context): pass"))
            .build();
    other.addEventSource(SqsEventSource.Builder.create(new Queue(stack, "Queue")).build());
    app.synth();
    assertThat(findings()).isEmpty();
  }

  @Test
  void ruleWithoutFailureDestination_isReported() {
    addRule(function);
    assertThat(findings())
        .singleElement()
        .asString()
        .startsWith("Stack/Rule/AllowEventRuleStackFunction")
        .contains(
            " invokes Stack/Function asynchronously, and the function has no failure destination")
        .endsWith("for the function, or send the events through a queue");
  }

  @Test
  void topicWithoutFailureDestination_isReported() {
    new Topic(stack, "Topic").addSubscription(new LambdaSubscription(function));
    assertThat(findings()).singleElement().asString().contains("invokes Stack/Function");
  }

  @Test
  void scheduleWithoutFailureDestination_isReported() {
    Schedule.Builder.create(stack, "Nightly")
        .schedule(ScheduleExpression.rate(Duration.days(1)))
        .target(LambdaInvoke.Builder.create(function).build())
        .build();
    assertThat(findings()).singleElement().asString().startsWith("Stack/Nightly invokes");
  }

  @Test
  void ruleWithFailureDestination_hasNoFinding() {
    addRule(function);
    function.configureAsyncInvoke(onFailure());
    assertThat(findings()).isEmpty();
  }

  @Test
  void ruleWithFunctionDeadLetterQueue_hasNoFinding() {
    addRule(function);
    ((CfnFunction) function.getNode().getDefaultChild())
        .setDeadLetterConfig(
            CfnFunction.DeadLetterConfigProperty.builder()
                .targetArn(new Queue(stack, "Failed").getQueueArn())
                .build());
    assertThat(findings()).isEmpty();
  }

  @Test
  void ruleToAlias_needsFailureDestinationOfAlias() {
    Alias live = function.addAlias("live");
    addRule(live);
    function.configureAsyncInvoke(onFailure());
    assertThat(findings()).hasSize(1);
    live.configureAsyncInvoke(
        EventInvokeConfigOptions.builder()
            .onFailure(new SqsDestination(new Queue(stack, "LiveFailed")))
            .build());
    assertThat(findings()).isEmpty();
  }

  /** Returns the findings without their ids, see {@link AcknowledgedFindingsTest}. */
  private List<String> findings() {
    return function.getNode().findChild("LockConnection").getNode().validate().stream()
        .map(finding -> finding.replaceFirst(" \\(holdfast::[a-z-]+\\)$", ""))
        .toList();
  }

  private CfnEventSourceMapping mapping() {
    return app.getNode().findAll().stream()
        .filter(CfnEventSourceMapping.class::isInstance)
        .map(CfnEventSourceMapping.class::cast)
        .findAny()
        .orElseThrow();
  }

  private void addRule(IFunction target) {
    Rule.Builder.create(stack, "Rule")
        .eventPattern(EventPattern.builder().source(List.of("shop")).build())
        .targets(List.of(new LambdaFunction(target)))
        .build();
  }

  private EventInvokeConfigOptions onFailure() {
    return EventInvokeConfigOptions.builder()
        .onFailure(new SqsDestination(new Queue(stack, "Failed")))
        .build();
  }

  private static SqsEventSource eventSourceReportingFailures(IQueue queue) {
    return SqsEventSource.Builder.create(queue).reportBatchItemFailures(true).build();
  }

  private static Queue.Builder validQueue(Stack scope) {
    return Queue.Builder.create(scope, "Queue")
        .visibilityTimeout(Duration.minutes(1))
        .deadLetterQueue(deadLetterQueue(scope, 5));
  }

  private static DeadLetterQueue deadLetterQueue(Stack scope, int maxReceiveCount) {
    Queue queue =
        scope.getNode().tryFindChild("DeadLetters") instanceof Queue existing
            ? existing
            : new Queue(scope, "DeadLetters");
    return DeadLetterQueue.builder().queue(queue).maxReceiveCount(maxReceiveCount).build();
  }
}
