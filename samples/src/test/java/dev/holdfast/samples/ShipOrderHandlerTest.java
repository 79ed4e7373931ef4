package dev.holdfast.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lambda.Guard;
import dev.holdfast.lambda.testkit.InProcessInvoker;
import dev.holdfast.lambda.testkit.SampleEvents;
import dev.holdfast.lambda.testkit.SqsMessage;
import dev.holdfast.lambda.testkit.TestContext;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.dynamodb.DynamoDbLockClient;
import dev.holdfast.testkit.ManualClock;
import dev.holdfast.testkit.SimulatedTable;
import dev.holdfast.testkit.local.LocalDynamoDb;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class ShipOrderHandlerTest {
  private static final SqsMessage PAY = step("pay");
  private static final SqsMessage PACK = step("pack");

  @AutoClose private static final LocalDynamoDb dynamoDb = LocalDynamoDb.start();
  @AutoClose private final LedgerTable table = new LedgerTable(dynamoDb);

  private final ManualClock time = ManualClock.at(Instant.parse("2026-01-01T00:00:00Z"));
  private final LockClient locks =
      DynamoDbLockClient.create(SimulatedTable.named("locks", time), "locks").withTimeSource(time);
  private final InProcessInvoker handler =
      InProcessInvoker.of(
          new ShipOrderHandler(
              Guard.on(locks).deduplicating(Duration.ofDays(1)),
              new Ledger(table.client(), LedgerTable.NAME, time)));

  @Test
  void twoStepsOfOneOrder_areExecutedInSequence() throws IOException {
    assertThat(receive(PAY, PACK)).isEqualTo("{\"batchItemFailures\":[]}");
    assertThat(table.history("order-17"))
        .containsExactly("start pay", "end pay", "start pack", "end pack");
  }

  @Test
  void duplicateMessage_isExecutedOnce() throws IOException {
    receive(PAY);
    assertThat(receive(PAY.delivery("receipt-2", 2))).isEqualTo("{\"batchItemFailures\":[]}");
    assertThat(table.history("order-17")).containsExactly("start pay", "end pay");
  }

  @Test
  void lockedOrder_isReportedAsBatchItemFailure() throws Exception {
    try (HeldLock otherLock = locks.acquire("order-17")) {
      assertThat(receive(PAY))
          .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"m-pay\"}]}");
      assertThat(otherLock.isHeld()).isTrue();
    }
    assertThat(table.history("order-17")).isEmpty();
  }

  private String receive(SqsMessage... messages) throws IOException {
    return handler.invoke(SampleEvents.sqs(messages), TestContext.at(time));
  }

  private static SqsMessage step(String step) {
    return SqsMessage.of(
        "m-" + step, "{\"order\":17,\"step\":\"%s\",\"id\":\"o17-%s\"}".formatted(step, step));
  }
}
