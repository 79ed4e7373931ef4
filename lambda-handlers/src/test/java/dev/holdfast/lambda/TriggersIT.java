package dev.holdfast.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lambda.testkit.HttpCall;
import dev.holdfast.lambda.testkit.S3Change;
import dev.holdfast.lambda.testkit.SampleEvents;
import dev.holdfast.lambda.testkit.SqsMessage;
import dev.holdfast.lambda.testkit.StreamEntry;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.LockUnavailableException;
import dev.holdfast.lock.dynamodb.DynamoDbLocks;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The rows of docs/triggers.md, in the runtime client that Lambda uses. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class TriggersIT {
  @AutoClose private static final LimitedDynamoDb dynamo = LimitedDynamoDb.start();
  @AutoClose private static final DynamoDbClient client = dynamo.client();

  private static HeldLock held(String name) throws InterruptedException {
    return DynamoDbLocks.on(client, "locks").withLease(Duration.ofMinutes(10)).acquire(name);
  }

  private static String order(String id) {
    return "{\"detail\":{\"orderId\":\"" + id + "\"}}";
  }

  @Test
  void sqsStandard_pointer_busy_failing_malformed_duplicate() throws Exception {
    try (Deployed function = Deployed.start(dynamo, Triggered.Sqs.class, "/body/detail/orderId");
        HeldLock busy = held("sqs-busy")) {
      String batch =
          SampleEvents.sqs(
              SqsMessage.of("m-1", order("17")),
              SqsMessage.of("m-2", order(busy.name())),
              SqsMessage.of("m-3", order("fail")),
              SqsMessage.of("m-4", "{\"detail\":7}"),
              SqsMessage.of("m-1", order("17")));
      assertThat(function.answer(batch))
          .isEqualTo(
              "{\"batchItemFailures\":[{\"itemIdentifier\":\"m-2\"},{\"itemIdentifier\":\"m-3\"},"
                  + "{\"itemIdentifier\":\"m-4\"}]}");
      assertThat(function.answer(SampleEvents.sqs(SqsMessage.of("m-1", order("17")))))
          .isEqualTo("{\"batchItemFailures\":[]}");
      assertThat(function.worked()).containsExactly("m-1 under 17");
      assertThat(function.metrics()).hasSize(2);
      assertThat(function.metrics().get(0)).contains("\"function\":\"Sqs\"", "\"Acquired\":2,");
      assertThat(function.metrics().get(1)).contains("\"Duplicate\":1,");
    }
  }

  @Test
  void sqsFifo_busyGroupIsReportedAndTheOtherIsWorkedOn() throws Exception {
    try (Deployed function = Deployed.start(dynamo, Triggered.Sqs.class, "");
        HeldLock busy = held("fifo-busy")) {
      String batch =
          SampleEvents.sqs(
              SqsMessage.of("m-1", "x").group(busy.name()),
              SqsMessage.of("m-2", "x").group(busy.name()),
              SqsMessage.of("m-3", "x").group("fifo-free"));
      assertThat(function.answer(batch))
          .isEqualTo(
              "{\"batchItemFailures\":[{\"itemIdentifier\":\"m-1\"},{\"itemIdentifier\":\"m-2\"}]}");
      String again = batch.replace("\"messageId\":\"m-3\"", "\"messageId\":\"m-9\"");
      assertThat(function.answer(again)).doesNotContain("m-9");
      assertThat(function.worked()).containsExactly("m-3 under fifo-free");
    }
  }

  @Test
  void eventBridgeRule_onceAndFailingWhileBusy() throws Exception {
    String event = SampleEvents.eventBridge("e-1", "shop", "Placed", "{\"orderId\":\"eb-17\"}");
    try (Deployed function =
        Deployed.start(dynamo, Triggered.EventBridge.class, "/detail/orderId")) {
      assertFailsWhileBusy(function, event, "eb-17");
      assertThat(function.answer(event)).isEqualTo("null");
      assertThat(function.answer(event)).isEqualTo("null");
      assertThat(function.worked()).containsExactly("e-1 under eb-17");
    }
  }

  @Test
  void schedule_isSkippedWhileAnotherRunWorks() throws Exception {
    String arn = "arn:aws:events:us-east-1:123456789012:rule/nightly";
    LockRequest lastNight = LockRequest.of(arn).event("last night").lease(Duration.ofMinutes(10));
    try (Deployed function = Deployed.start(dynamo, Triggered.EventBridge.class, "")) {
      try (HeldLock run = DynamoDbLocks.on(client, "locks").acquire(lastNight)) {
        assertThat(function.answer(SampleEvents.scheduleRule("e-1", "nightly"))).isEqualTo("null");
        assertThat(run.isHeld()).isTrue();
      }
      function.answer(SampleEvents.scheduleRule("e-1", "nightly"));
      function.answer(SampleEvents.scheduleRule("e-2", "nightly"));
      function.answer(SampleEvents.scheduler("e-3", "nightly"));
      assertThat(function.worked())
          .containsExactly(
              "e-1 under " + arn,
              "e-3 under arn:aws:scheduler:us-east-1:123456789012:schedule/default/nightly");
    }
  }

  @Test
  void sns_onceAndFailingWhileBusy() throws Exception {
    String event = SampleEvents.sns("n-1", "{\"orderId\":\"sns-17\"}");
    try (Deployed function = Deployed.start(dynamo, Triggered.Sns.class, "/Sns/Message/orderId")) {
      assertFailsWhileBusy(function, event, "sns-17");
      assertThat(function.answer(event)).isEqualTo("null");
      assertThat(function.answer(event)).isEqualTo("null");
      assertThat(function.worked()).containsExactly("n-1 under sns-17");
    }
  }

  @Test
  void s3_onceAndFailingWhileBusy() throws Exception {
    String event = SampleEvents.s3(S3Change.put("orders", "in/a b.csv", "01"));
    try (Deployed function = Deployed.start(dynamo, Triggered.S3.class, "")) {
      assertFailsWhileBusy(function, event, "orders/in/a b.csv");
      assertThat(function.answer(event)).isEqualTo("null");
      assertThat(function.answer(event)).isEqualTo("null");
      assertThat(function.worked()).containsExactly("in/a b.csv under orders/in/a b.csv");
    }
  }

  static Stream<Arguments> http() {
    HttpCall pay =
        HttpCall.of("POST", "/orders")
            .header("Idempotency-Key", "key-1")
            .header("X-Customer", "alice");
    return Stream.of(
        Arguments.of("rest", (Function<HttpCall, String>) SampleEvents::restApi, pay),
        Arguments.of("http", (Function<HttpCall, String>) SampleEvents::httpApi, pay),
        Arguments.of("url", (Function<HttpCall, String>) SampleEvents::functionUrl, pay),
        Arguments.of("elb", (Function<HttpCall, String>) SampleEvents::loadBalancer, pay));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void http(String trigger, Function<HttpCall, String> event, HttpCall pay) throws Exception {
    String order = "{\"orderId\":\"" + trigger + "-17\"}";
    HttpCall call = pay.body(order).header("X-Customer", trigger);
    try (Deployed function = Deployed.start(dynamo, Triggered.Http.class, "/body/orderId")) {
      try (HeldLock busy = held(trigger + "-17")) {
        assertThat(function.answer(event.apply(call)))
            .contains("\"statusCode\":409", "retry-after");
        assertThat(busy.isHeld()).isTrue();
      }
      assertThat(function.answer(event.apply(call)))
          .contains("\"statusCode\":201", "{\\\"paid\\\":42}", "a=1");
      assertThat(function.answer(event.apply(call)))
          .contains("\"statusCode\":201", "{\\\"paid\\\":42}")
          .doesNotContain("a=1");
      String other = order.replace("}", ",\"more\":1}");
      assertThat(function.answer(event.apply(call.body(other)))).contains("\"statusCode\":422");
      assertThat(function.answer(event.apply(HttpCall.of("POST", "/orders").body(order))))
          .contains("\"statusCode\":400");
      assertThat(function.worked()).containsExactly("POST /orders under " + trigger + "-17");
    }
  }

  @Test
  void kinesis_stopsAtTheFirstThatFailsOrIsBusy() throws Exception {
    try (Deployed function =
        Deployed.start(dynamo, Triggered.Kinesis.class, "/kinesis/data/orderId")) {
      assertStops(function, SampleEvents::kinesis, "kinesis-");
    }
  }

  @Test
  void dynamoDbStream_stopsAtTheFirstThatFailsOrIsBusy() throws Exception {
    try (Deployed function =
        Deployed.start(
            dynamo, Triggered.DynamoDbStream.class, "/dynamodb/NewImage/data/S/orderId")) {
      assertStops(function, SampleEvents::dynamoDbStream, "stream-");
    }
  }

  private static StreamEntry entry(String number, String order) {
    return new StreamEntry(number, "key", "{\"orderId\":\"" + order + "\"}");
  }

  private static void assertStops(
      Deployed function, Function<StreamEntry[], String> event, String prefix) throws Exception {
    StreamEntry[] batch = {
      entry("1", prefix + "a"), entry("2", prefix + "b"), entry("3", prefix + "fail")
    };
    try (HeldLock busy = held(prefix + "b")) {
      assertThat(function.answer(event.apply(batch))).isEqualTo(Streams.failedAt("2"));
      assertThat(busy.isHeld()).isTrue();
    }
    assertThat(function.answer(event.apply(batch))).isEqualTo(Streams.failedAt("3"));
    StreamEntry[] two = {batch[0], batch[1]};
    assertThat(function.answer(event.apply(two))).isEqualTo(Streams.ALL_DONE);
    assertThat(function.worked())
        .containsExactly("1 under " + prefix + "a", "2 under " + prefix + "b");
  }

  private static void assertFailsWhileBusy(Deployed function, String event, String lock)
      throws InterruptedException {
    try (HeldLock busy = held(lock)) {
      assertThat(function.error(event).type()).isEqualTo(LockUnavailableException.class.getName());
      assertThat(busy.isHeld()).isTrue();
    }
  }
}
