package dev.holdfast.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.holdfast.lambda.fixtures.GuardFixture;
import dev.holdfast.lambda.fixtures.HandlerType;
import dev.holdfast.lambda.fixtures.IgnoringHandlers;
import dev.holdfast.lambda.fixtures.SqsBatchFixture;
import dev.holdfast.lambda.testkit.InProcessInvoker;
import dev.holdfast.lambda.testkit.S3Notification;
import dev.holdfast.lambda.testkit.SampleEvents;
import dev.holdfast.lambda.testkit.SampleHttpRequest;
import dev.holdfast.lambda.testkit.SqsMessage;
import dev.holdfast.lambda.testkit.StreamRecord;
import dev.holdfast.lock.Lease;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that events without work are acknowledged without a request to the table. */
class WorklessEventsTest {
  private static final String WARM_UP = "{\"source\":\"serverless-plugin-warmup\"}";
  private static final String WARMER = "{\"warmer\":true,\"concurrency\":3}";
  private static final String SCHEDULE = SampleEvents.scheduledRule("e-1", "every-5-minutes");
  private static final String S3_TEST =
      "{\"Service\":\"Amazon S3\",\"Event\":\"s3:TestEvent\",\"Time\":\"2026-01-01T00:00:00.000Z\","
          + "\"Bucket\":\"orders\",\"RequestId\":\"ABC\",\"HostId\":\"x/y=\"}";
  private static final String AUTO_SCALING_TEST =
      "{\"Service\":\"AWS Auto Scaling\",\"Event\":\"autoscaling:TEST_NOTIFICATION\"}";
  private static final String TEST_IN_SNS =
      "{\"Type\":\"Notification\",\"MessageId\":\"n-1\",\"Subject\":\"Amazon S3 Notification\","
          + "\"Message\":\""
          + S3_TEST.replace("\"", "\\\"")
          + "\"}";

  /** Handlers for which an event of a schedule or of any shape may be work. */
  private static final Set<HandlerType> WITH_ANY_EVENT =
      EnumSet.of(HandlerType.EVENT_BRIDGE, HandlerType.PLAIN);

  private final GuardFixture fixture = new GuardFixture();

  private String invoke(HandlerType type, String event) throws IOException {
    return InProcessInvoker.of(type.create(fixture, fixture.guard()))
        .invoke(event, fixture.context());
  }

  private void assertIgnored(String answer, HandlerType type) {
    boolean reportsFailures =
        EnumSet.of(HandlerType.SQS, HandlerType.KINESIS, HandlerType.DYNAMODB_STREAM)
            .contains(type);
    assertThat(answer).isEqualTo(reportsFailures ? "{\"batchItemFailures\":[]}" : "null");
    assertThat(fixture.processed).isEmpty();
    assertThat(fixture.requestSummary()).isEqualTo("0 puts (0 rejected), 0 deletes, 0 others");
  }

  @ParameterizedTest
  @EnumSource
  void warmUpPing_ofEachTrigger_isAcknowledged(HandlerType type) throws IOException {
    assertIgnored(invoke(type, WARM_UP), type);
    assertIgnored(invoke(type, WARMER), type);
  }

  static Stream<Arguments> ping_ofATriggerWithoutSchedules_isAcknowledged() {
    return EnumSet.complementOf(EnumSet.copyOf(WITH_ANY_EVENT)).stream()
        .flatMap(
            type ->
                Stream.of(SCHEDULE, S3_TEST, AUTO_SCALING_TEST)
                    .map(event -> Arguments.of(type, event)));
  }

  @ParameterizedTest
  @MethodSource
  void ping_ofATriggerWithoutSchedules_isAcknowledged(HandlerType type, String event)
      throws IOException {
    assertIgnored(invoke(type, event), type);
  }

  static List<Arguments> testMessage_isAcknowledged() {
    return List.of(
        Arguments.of(HandlerType.SQS, SampleEvents.sqs(SqsMessage.of("m-1", S3_TEST))),
        Arguments.of(HandlerType.SQS, SampleEvents.sqs(SqsMessage.of("m-1", AUTO_SCALING_TEST))),
        Arguments.of(HandlerType.SQS, SampleEvents.sqs(SqsMessage.of("m-1", TEST_IN_SNS))),
        Arguments.of(HandlerType.SNS, SampleEvents.sns("n-1", S3_TEST)));
  }

  @ParameterizedTest
  @MethodSource
  void testMessage_isAcknowledged(HandlerType type, String event) throws IOException {
    assertIgnored(invoke(type, event), type);
  }

  @Test
  void testMessage_inABatchOfProcessBatch_isAcknowledged() {
    SQSEvent batch = SqsBatchFixture.event(SqsBatchFixture.message(1, S3_TEST));
    assertThat(
            fixture
                .guard()
                .processBatch(
                    batch,
                    fixture.context(),
                    SQSMessage::getBody,
                    (message, lease) -> fixture.process("never"))
                .getBatchItemFailures())
        .isEmpty();
    assertThat(fixture.processed).isEmpty();
  }

  @Test
  void testMessage_betweenOthers_leavesTheOthersAlone() throws IOException {
    String batch =
        SampleEvents.sqs(
            SqsMessage.of("m-1", "a"), SqsMessage.of("m-2", S3_TEST), SqsMessage.of("m-3", "b"));
    assertThat(invoke(HandlerType.SQS, batch)).isEqualTo("{\"batchItemFailures\":[]}");
    assertThat(fixture.processed).containsExactly("a", "b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"source\":\"serverless-plugin-warmup-2\",\"text\":\"x\"}",
        "{\"warmer\":false,\"text\":\"x\"}",
        "{\"warmer\":true,\"text\":\"x\"}",
        "{\"warmer\":\"true\"}",
        "{\"Event\":\"s3:TestEvent\",\"text\":\"x\"}",
        "{\"source\":\"aws.events\",\"detail-type\":\"Scheduled Event\"}",
      })
  void similarEvent_ofAPlainHandler_isHandled(String event) throws IOException {
    invoke(HandlerType.PLAIN, event);
    assertThat(fixture.processed).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "order 17 s3:TestEvent",
        "{\"Event\":\"s3:TestEvent\",\"Records\":[]}",
        "[\"s3:TestEvent\"]",
        "{\"Event\":\"s3:ObjectCreated:Put\",\"note\":\"s3:TestEvent\"}",
      })
  void similarMessage_isHandled(String body) throws IOException {
    invoke(HandlerType.SQS, SampleEvents.sqs(SqsMessage.of("m-1", body)));
    assertThat(fixture.processed).containsExactly(body);
  }

  @Test
  void schedule_ofAnEventBridgeHandler_isHandled() throws IOException {
    invoke(HandlerType.EVENT_BRIDGE, SCHEDULE);
    assertThat(fixture.processed).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ELB-HealthChecker/2.0",
        "Amazon-Route53-Health-Check-Service (ref 1; report http://amzn.to/1vsZADi)"
      })
  void healthCheck_isAnsweredWith200(String agent) throws IOException {
    SampleHttpRequest check = SampleHttpRequest.of("GET", "/health").header("user-agent", agent);
    assertThat(invoke(HandlerType.HTTP, SampleEvents.loadBalancer(check)))
        .contains("\"statusCode\":200");
    assertThat(fixture.counts().puts()).isZero();
  }

  @Test
  void writingRequest_withTheAgentOfAHealthCheck_isHandled() throws IOException {
    SampleHttpRequest request =
        SampleHttpRequest.of("POST", "/orders").header("user-agent", "ELB-HealthChecker/2.0");
    assertThat(invoke(HandlerType.HTTP, SampleEvents.loadBalancer(request)))
        .contains("\"statusCode\":201");
  }

  static List<Arguments> eventThatTheHandlerIgnores_isAcknowledged() {
    return List.of(
        Arguments.of(HandlerType.SQS, SampleEvents.sqs(SqsMessage.of("m-1", "a"))),
        Arguments.of(HandlerType.SNS, SampleEvents.sns("n-1", "a")),
        Arguments.of(HandlerType.S3, SampleEvents.s3(S3Notification.put("b", "k", "1"))),
        Arguments.of(HandlerType.EVENT_BRIDGE, SCHEDULE),
        Arguments.of(HandlerType.KINESIS, SampleEvents.kinesis(new StreamRecord("1", "k", "a"))),
        Arguments.of(
            HandlerType.DYNAMODB_STREAM,
            SampleEvents.dynamoDbStream(new StreamRecord("1", "k", "a"))),
        Arguments.of(HandlerType.PLAIN, "{\"text\":\"a\"}"));
  }

  @ParameterizedTest
  @MethodSource
  void eventThatTheHandlerIgnores_isAcknowledged(HandlerType type, String event)
      throws IOException {
    String answer =
        InProcessInvoker.of(IgnoringHandlers.create(type, fixture))
            .invoke(event, fixture.context());
    assertIgnored(answer, type);
  }

  @Test
  void requestThatTheHandlerIgnores_isAnsweredWith200() throws IOException {
    String event = SampleEvents.httpApi(SampleHttpRequest.of("POST", "/orders"));
    assertThat(
            InProcessInvoker.of(IgnoringHandlers.create(HandlerType.HTTP, fixture))
                .invoke(event, fixture.context()))
        .contains("\"statusCode\":200");
    assertThat(fixture.processed).isEmpty();
  }

  @Test
  void messageWhoseCheckFails_isReported_andTheOthersAreHandled() throws IOException {
    LockedSqsHandler handler =
        new LockedSqsHandler(fixture.guard()) {
          @Override
          protected boolean isIgnored(SQSMessage message) {
            if (message.getBody().equals("broken")) {
              throw new IllegalStateException("cannot tell");
            }
            return super.isIgnored(message);
          }

          @Override
          protected String resourceId(SQSMessage message) {
            return "order";
          }

          @Override
          protected void handle(SQSMessage message, Lease lease, Context context) {
            fixture.process(message.getBody());
          }
        };
    String batch = SampleEvents.sqs(SqsMessage.of("m-1", "broken"), SqsMessage.of("m-2", "a"));
    assertThat(InProcessInvoker.of(handler).invoke(batch, fixture.context()))
        .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"m-1\"}]}");
    assertThat(fixture.processed).containsExactly("a");
  }
}
