package dev.holdfast.lambda.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lambda.fixtures.PolicyEnforcedDynamoDb;
import dev.holdfast.lambda.fixtures.StreamTrigger;
import dev.holdfast.lambda.testkit.S3Notification;
import dev.holdfast.lambda.testkit.SampleEvents;
import dev.holdfast.lambda.testkit.SampleHttpRequest;
import dev.holdfast.lambda.testkit.SqsMessage;
import dev.holdfast.lambda.testkit.StreamRecord;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.LockUnavailableException;
import dev.holdfast.lock.dynamodb.DynamoDbLockClient;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Tests the rows of docs/triggers.md in the runtime client that Lambda uses. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
@Tag("proof")
class TriggersIT {
  @AutoClose private static final PolicyEnforcedDynamoDb dynamo = PolicyEnforcedDynamoDb.start();
  @AutoClose private static final DynamoDbClient client = dynamo.adminClient();

  private static HeldLock holdLock(String name) throws InterruptedException {
    return DynamoDbLockClient.create(client, "locks")
        .withLeaseDuration(Duration.ofMinutes(10))
        .acquire(name);
  }

  private static String order(String id) {
    return "{\"detail\":{\"orderId\":\"" + id + "\"}}";
  }

  @Test
  void sqsStandard_busyFailingMalformedAndDuplicateMessages_areReportedOrSkipped()
      throws Exception {
    try (LocalFunctionEnvironment function =
            LocalFunctionEnvironment.start(
                dynamo, TriggerFunctions.Sqs.class, "/body/detail/orderId");
        HeldLock otherLock = holdLock("sqs-busy")) {
      String batch =
          SampleEvents.sqs(
              SqsMessage.of("m-1", order("17")),
              SqsMessage.of("m-2", order(otherLock.name())),
              SqsMessage.of("m-3", order("fail")),
              SqsMessage.of("m-4", "{\"detail\":7}"),
              SqsMessage.of("m-1", order("17")));
      assertThat(function.invoke(batch))
          .isEqualTo(
              "{\"batchItemFailures\":[{\"itemIdentifier\":\"m-2\"},{\"itemIdentifier\":\"m-3\"},"
                  + "{\"itemIdentifier\":\"m-4\"}]}");
      assertThat(function.invoke(SampleEvents.sqs(SqsMessage.of("m-1", order("17")))))
          .isEqualTo("{\"batchItemFailures\":[]}");
      assertThat(function.processed()).containsExactly("m-1 under 17");
      assertThat(function.metricLines()).hasSize(2);
      assertThat(function.metricLines().get(0)).contains("\"function\":\"Sqs\"", "\"Acquired\":2,");
      assertThat(function.metricLines().get(1)).contains("\"Duplicate\":1,");
    }
  }

  @Test
  void sqsFifo_busyGroup_isReportedAndTheOtherGroupIsProcessed() throws Exception {
    try (LocalFunctionEnvironment function =
            LocalFunctionEnvironment.start(dynamo, TriggerFunctions.Sqs.class, "");
        HeldLock otherLock = holdLock("fifo-busy")) {
      String batch =
          SampleEvents.sqs(
              SqsMessage.of("m-1", "x").group(otherLock.name()),
              SqsMessage.of("m-2", "x").group(otherLock.name()),
              SqsMessage.of("m-3", "x").group("fifo-free"));
      assertThat(function.invoke(batch))
          .isEqualTo(
              "{\"batchItemFailures\":[{\"itemIdentifier\":\"m-1\"},{\"itemIdentifier\":\"m-2\"}]}");
      String redelivery = batch.replace("\"messageId\":\"m-3\"", "\"messageId\":\"m-9\"");
      assertThat(function.invoke(redelivery)).doesNotContain("m-9");
      assertThat(function.processed()).containsExactly("m-3 under fifo-free");
    }
  }

  @Test
  void eventBridgeRule_failsWhileBusy_thenIsProcessedOnce() throws Exception {
    String event = SampleEvents.eventBridge("e-1", "shop", "Placed", "{\"orderId\":\"eb-17\"}");
    try (LocalFunctionEnvironment function =
        LocalFunctionEnvironment.start(
            dynamo, TriggerFunctions.EventBridge.class, "/detail/orderId")) {
      assertFailsWhileBusy(function, event, "eb-17");
      assertThat(function.invoke(event)).isEqualTo("null");
      assertThat(function.invoke(event)).isEqualTo("null");
      assertThat(function.processed()).containsExactly("e-1 under eb-17");
    }
  }

  @Test
  void schedule_whileAnotherRunIsActive_isSkipped() throws Exception {
    String arn = "arn:aws:events:us-east-1:123456789012:rule/nightly";
    LockRequest previousRun =
        LockRequest.of(arn).event("previous-run").leaseDuration(Duration.ofMinutes(10));
    try (LocalFunctionEnvironment function =
        LocalFunctionEnvironment.start(dynamo, TriggerFunctions.EventBridge.class, "")) {
      try (HeldLock otherLock = DynamoDbLockClient.create(client, "locks").acquire(previousRun)) {
        assertThat(function.invoke(SampleEvents.scheduledRule("e-1", "nightly"))).isEqualTo("null");
        assertThat(otherLock.isHeld()).isTrue();
      }
      function.invoke(SampleEvents.scheduledRule("e-1", "nightly"));
      function.invoke(SampleEvents.scheduledRule("e-2", "nightly"));
      function.invoke(SampleEvents.scheduler("e-3", "nightly"));
      assertThat(function.processed())
          .containsExactly(
              "e-1 under " + arn,
              "e-3 under arn:aws:scheduler:us-east-1:123456789012:schedule/default/nightly");
    }
  }

  @Test
  void sns_failsWhileBusy_thenIsProcessedOnce() throws Exception {
    String event = SampleEvents.sns("n-1", "{\"orderId\":\"sns-17\"}");
    try (LocalFunctionEnvironment function =
        LocalFunctionEnvironment.start(
            dynamo, TriggerFunctions.Sns.class, "/Sns/Message/orderId")) {
      assertFailsWhileBusy(function, event, "sns-17");
      assertThat(function.invoke(event)).isEqualTo("null");
      assertThat(function.invoke(event)).isEqualTo("null");
      assertThat(function.processed()).containsExactly("n-1 under sns-17");
    }
  }

  @Test
  void s3_failsWhileBusy_thenIsProcessedOnce() throws Exception {
    String event = SampleEvents.s3(S3Notification.put("orders", "in/a b.csv", "01"));
    try (LocalFunctionEnvironment function =
        LocalFunctionEnvironment.start(dynamo, TriggerFunctions.S3.class, "")) {
      assertFailsWhileBusy(function, event, "orders/in/a b.csv");
      assertThat(function.invoke(event)).isEqualTo("null");
      assertThat(function.invoke(event)).isEqualTo("null");
      assertThat(function.processed()).containsExactly("in/a b.csv under orders/in/a b.csv");
    }
  }

  static Stream<Arguments> httpFormats() {
    SampleHttpRequest template =
        SampleHttpRequest.of("POST", "/orders")
            .header("Idempotency-Key", "key-1")
            .header("X-Customer", "alice");
    return Stream.of(
        Arguments.of("rest", (Function<SampleHttpRequest, String>) SampleEvents::restApi, template),
        Arguments.of("http", (Function<SampleHttpRequest, String>) SampleEvents::httpApi, template),
        Arguments.of(
            "url", (Function<SampleHttpRequest, String>) SampleEvents::functionUrl, template),
        Arguments.of(
            "elb", (Function<SampleHttpRequest, String>) SampleEvents::loadBalancer, template));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("httpFormats")
  void http_busyDuplicateAndInvalidRequests_getTheirStatusCode(
      String prefix, Function<SampleHttpRequest, String> event, SampleHttpRequest template)
      throws Exception {
    String order = "{\"orderId\":\"" + prefix + "-17\"}";
    SampleHttpRequest request = template.body(order).header("X-Customer", prefix);
    try (LocalFunctionEnvironment function =
        LocalFunctionEnvironment.start(dynamo, TriggerFunctions.Http.class, "/body/orderId")) {
      try (HeldLock otherLock = holdLock(prefix + "-17")) {
        assertThat(function.invoke(event.apply(request)))
            .contains("\"statusCode\":409", "retry-after");
        assertThat(otherLock.isHeld()).isTrue();
      }
      assertThat(function.invoke(event.apply(request)))
          .contains("\"statusCode\":201", "{\\\"paid\\\":42}", "a=1");
      assertThat(function.invoke(event.apply(request)))
          .contains("\"statusCode\":201", "{\\\"paid\\\":42}", "idempotency-replayed")
          .doesNotContain("a=1");
      String changedBody = order.replace("}", ",\"more\":1}");
      assertThat(function.invoke(event.apply(request.body(changedBody))))
          .contains("\"statusCode\":422");
      assertThat(function.invoke(event.apply(SampleHttpRequest.of("POST", "/orders").body(order))))
          .contains("\"statusCode\":400");
      assertThat(function.processed()).containsExactly("POST /orders under " + prefix + "-17");
    }
  }

  @Test
  void kinesis_failingOrBusyRecord_endsTheBatch() throws Exception {
    try (LocalFunctionEnvironment function =
        LocalFunctionEnvironment.start(
            dynamo, TriggerFunctions.Kinesis.class, "/kinesis/data/orderId")) {
      assertBatchEndsAtFailure(function, SampleEvents::kinesis, "kinesis-");
    }
  }

  @Test
  void dynamoDbStream_failingOrBusyRecord_endsTheBatch() throws Exception {
    try (LocalFunctionEnvironment function =
        LocalFunctionEnvironment.start(
            dynamo, TriggerFunctions.DynamoDbStream.class, "/dynamodb/NewImage/data/S/orderId")) {
      assertBatchEndsAtFailure(function, SampleEvents::dynamoDbStream, "stream-");
    }
  }

  private static StreamRecord entry(String number, String order) {
    return new StreamRecord(number, "key", "{\"orderId\":\"" + order + "\"}");
  }

  private static void assertBatchEndsAtFailure(
      LocalFunctionEnvironment function, Function<StreamRecord[], String> event, String prefix)
      throws Exception {
    StreamRecord[] batch = {
      entry("1", prefix + "a"), entry("2", prefix + "b"), entry("3", prefix + "fail")
    };
    try (HeldLock otherLock = holdLock(prefix + "b")) {
      assertThat(function.invoke(event.apply(batch))).isEqualTo(StreamTrigger.failureAt("2"));
      assertThat(otherLock.isHeld()).isTrue();
    }
    assertThat(function.invoke(event.apply(batch))).isEqualTo(StreamTrigger.failureAt("3"));
    StreamRecord[] two = {batch[0], batch[1]};
    assertThat(function.invoke(event.apply(two))).isEqualTo(StreamTrigger.NO_FAILURES);
    assertThat(function.processed())
        .containsExactly("1 under " + prefix + "a", "2 under " + prefix + "b");
  }

  private static void assertFailsWhileBusy(
      LocalFunctionEnvironment function, String event, String lock) throws InterruptedException {
    try (HeldLock otherLock = holdLock(lock)) {
      assertThat(function.invokeExpectingError(event).type())
          .isEqualTo(LockUnavailableException.class.getName());
      assertThat(otherLock.isHeld()).isTrue();
    }
  }
}
