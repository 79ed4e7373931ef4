package dev.holdfast.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.lambda.Guard;
import dev.holdfast.lambda.Ids;
import dev.holdfast.lambda.testkit.InProcessInvoker;
import dev.holdfast.lambda.testkit.TestContext;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.LockUnavailableException;
import dev.holdfast.lock.dynamodb.DynamoDbLockClient;
import dev.holdfast.testkit.ManualClock;
import dev.holdfast.testkit.SimulatedTable;
import dev.holdfast.testkit.local.LocalDynamoDb;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class RebuildIndexHandlerTest {
  private static final String BOOKS = "{\"index\":\"books\",\"reason\":\"new-schema\"}";

  @AutoClose private static final LocalDynamoDb dynamoDb = LocalDynamoDb.start();
  @AutoClose private final LedgerTable table = new LedgerTable(dynamoDb);

  private final ManualClock time = ManualClock.at(Instant.parse("2026-01-01T00:00:00Z"));
  private final LockClient locks =
      DynamoDbLockClient.create(SimulatedTable.named("locks", time), "locks").withTimeSource(time);
  private final InProcessInvoker handler =
      InProcessInvoker.of(
          new RebuildIndexHandler(
              Guard.on(locks), new Ledger(table.client(), LedgerTable.NAME, time)));

  @Test
  void invoke_rebuildsIndexAndReturnsFencingToken() throws IOException {
    String token = Long.toString(time.wallTime().toEpochMilli() * 1_000);

    assertThat(handler.invoke(BOOKS, TestContext.at(time)))
        .isEqualTo("{\"index\":\"books\",\"token\":" + token + "}");

    assertThat(table.history(Ids.of("index", "books")))
        .containsExactly("start rebuild", "end rebuild");
  }

  @Test
  void invoke_indexLocked_failsWithHolder() throws Exception {
    try (HeldLock otherLock =
        locks.withHolder("another rebuild").acquire(Ids.of("index", "books"))) {
      assertThatExceptionOfType(LockUnavailableException.class)
          .isThrownBy(() -> handler.invoke(BOOKS, TestContext.at(time)))
          .withMessageContaining("another rebuild");
      assertThat(otherLock.isHeld()).isTrue();
    }
  }
}
