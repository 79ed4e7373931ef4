package dev.holdfast.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.lambda.Guard;
import dev.holdfast.lambda.testkit.InProcess;
import dev.holdfast.lambda.testkit.TestContext;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockUnavailableException;
import dev.holdfast.lock.Locks;
import dev.holdfast.lock.dynamodb.DynamoDbLocks;
import dev.holdfast.testkit.ManualTime;
import dev.holdfast.testkit.SimulatedTable;
import dev.holdfast.testkit.local.LocalDynamoDb;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class RebuildIndexTest {
  private static final String BOOKS = "{\"index\":\"books\",\"reason\":\"new-schema\"}";

  @AutoClose private static final LocalDynamoDb dynamoDb = LocalDynamoDb.start();
  @AutoClose private final LedgerTable table = new LedgerTable(dynamoDb);

  private final ManualTime time = ManualTime.at(Instant.parse("2026-01-01T00:00:00Z"));
  private final Locks locks =
      DynamoDbLocks.on(SimulatedTable.named("locks", time), "locks").withTime(time);
  private final InProcess rebuildIndex =
      InProcess.of(
          new RebuildIndex(Guard.on(locks), new Ledger(table.client(), LedgerTable.NAME, time)));

  @Test
  void invoke_rebuildsAndAnswersWithItsToken() throws IOException {
    String token = Long.toString(time.wall().toEpochMilli() * 1_000);

    assertThat(rebuildIndex.invoke(BOOKS, TestContext.at(time)))
        .isEqualTo("{\"index\":\"books\",\"token\":" + token + "}");

    assertThat(table.history("index-books")).containsExactly("begin rebuild", "end rebuild");
  }

  @Test
  void invoke_indexBeingRebuilt_failsWithTheHolder() throws Exception {
    try (HeldLock elsewhere = locks.withHolder("another rebuild").acquire("index-books")) {
      assertThatExceptionOfType(LockUnavailableException.class)
          .isThrownBy(() -> rebuildIndex.invoke(BOOKS, TestContext.at(time)))
          .withMessageContaining("another rebuild");
      assertThat(elsewhere.isHeld()).isTrue();
    }
  }
}
