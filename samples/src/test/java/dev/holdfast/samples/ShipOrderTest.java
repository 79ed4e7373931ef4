package dev.holdfast.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lambda.Guard;
import dev.holdfast.lambda.testkit.InProcess;
import dev.holdfast.lambda.testkit.SampleEvents;
import dev.holdfast.lambda.testkit.SqsMessage;
import dev.holdfast.lambda.testkit.TestContext;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.Locks;
import dev.holdfast.lock.dynamodb.DynamoDbLocks;
import dev.holdfast.testkit.ManualTime;
import dev.holdfast.testkit.SimulatedTable;
import dev.holdfast.testkit.local.LocalDynamoDb;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class ShipOrderTest {
  private static final SqsMessage PAY = step("pay");
  private static final SqsMessage PACK = step("pack");

  @AutoClose private static final LocalDynamoDb dynamoDb = LocalDynamoDb.start();
  @AutoClose private final LedgerTable table = new LedgerTable(dynamoDb);

  private final ManualTime time = ManualTime.at(Instant.parse("2026-01-01T00:00:00Z"));
  private final Locks locks =
      DynamoDbLocks.on(SimulatedTable.named("locks", time), "locks").withTime(time);
  private final InProcess shipOrder =
      InProcess.of(
          new ShipOrder(
              Guard.on(locks).rememberingEvents(Duration.ofDays(1)),
              new Ledger(table.client(), LedgerTable.NAME, time)));

  @Test
  void twoStepsOfAnOrder_areDoneOneAfterTheOther() throws IOException {
    assertThat(receive(PAY, PACK)).isEqualTo("{\"batchItemFailures\":[]}");
    assertThat(table.history("order-17"))
        .containsExactly("begin pay", "end pay", "begin pack", "end pack");
  }

  @Test
  void sameMessageDeliveredAgain_isDoneOnce() throws IOException {
    receive(PAY);
    assertThat(receive(PAY.delivery("receipt-2", 2))).isEqualTo("{\"batchItemFailures\":[]}");
    assertThat(table.history("order-17")).containsExactly("begin pay", "end pay");
  }

  @Test
  void orderHeldByAnother_isReportedAndNotTouched() throws Exception {
    try (HeldLock elsewhere = locks.acquire("order-17")) {
      assertThat(receive(PAY))
          .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"m-pay\"}]}");
      assertThat(elsewhere.isHeld()).isTrue();
    }
    assertThat(table.history("order-17")).isEmpty();
  }

  private String receive(SqsMessage... messages) throws IOException {
    return shipOrder.invoke(SampleEvents.sqs(messages), TestContext.at(time));
  }

  private static SqsMessage step(String step) {
    return SqsMessage.of(
        "m-" + step, "{\"order\":17,\"step\":\"%s\",\"id\":\"o17-%s\"}".formatted(step, step));
  }
}
