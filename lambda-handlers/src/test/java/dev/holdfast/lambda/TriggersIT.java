package dev.holdfast.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lambda.testkit.S3Change;
import dev.holdfast.lambda.testkit.SampleEvents;
import dev.holdfast.lambda.testkit.SqsMessage;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.LockUnavailableException;
import dev.holdfast.lock.dynamodb.DynamoDbLocks;
import dev.holdfast.testkit.local.LocalDynamoDb;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The rows of docs/triggers.md, in the runtime client that Lambda uses. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class TriggersIT {
  private static final Duration SHORT = Duration.ofSeconds(5);

  @AutoClose private static final LocalDynamoDb dynamo = LocalDynamoDb.start();
  @AutoClose private static final DynamoDbClient client = dynamo.client();

  @BeforeAll
  static void table() {
    dynamo.createLockTable("locks");
  }

  private static HeldLock held(String name) throws InterruptedException {
    return DynamoDbLocks.on(client, "locks").withLease(Duration.ofMinutes(1)).acquire(name);
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
      assertThat(function.answer(batch, SHORT))
          .isEqualTo(
              "{\"batchItemFailures\":[{\"itemIdentifier\":\"m-3\"},{\"itemIdentifier\":\"m-4\"},"
                  + "{\"itemIdentifier\":\"m-2\"}]}");
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
      assertThat(function.answer(batch, SHORT))
          .isEqualTo(
              "{\"batchItemFailures\":[{\"itemIdentifier\":\"m-1\"},{\"itemIdentifier\":\"m-2\"}]}");
      String again = batch.replace("\"messageId\":\"m-3\"", "\"messageId\":\"m-9\"");
      assertThat(function.answer(again, SHORT)).doesNotContain("m-9");
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
    LockRequest lastNight = LockRequest.of(arn).event("last night").lease(Duration.ofMinutes(1));
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

  private static void assertFailsWhileBusy(Deployed function, String event, String lock)
      throws InterruptedException {
    try (HeldLock busy = held(lock)) {
      assertThat(function.error(event, SHORT).type())
          .isEqualTo(LockUnavailableException.class.getName());
      assertThat(busy.isHeld()).isTrue();
    }
  }
}
