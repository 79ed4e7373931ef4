package dev.holdfast.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.Locks;
import dev.holdfast.lock.TicketRefusedException;
import dev.holdfast.lock.TicketRefusedException.Reason;
import dev.holdfast.lock.dynamodb.DynamoDbLocks;
import dev.holdfast.testkit.SimulatedTable;
import dev.holdfast.testkit.local.LocalDynamoDb;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** One name on two tables is two locks. */
class TwoTablesTest {
  @Test
  void simulatedTables_sideBySide_doNotShareAName() {
    assertIndependent(
        DynamoDbLocks.on(SimulatedTable.named("locks"), "locks"),
        DynamoDbLocks.on(SimulatedTable.named("other-locks"), "other-locks"));
  }

  @Test
  void tablesOfOneServer_sideBySide_doNotShareAName() {
    try (LocalDynamoDb server = LocalDynamoDb.start();
        DynamoDbClient client = server.client()) {
      server.createLockTable("locks");
      server.createLockTable("other-locks");
      assertIndependent(DynamoDbLocks.on(client, "locks"), DynamoDbLocks.on(client, "other-locks"));
    }
  }

  @Test
  void ticketOfOneTable_isRefusedAtAnother_withoutACall() {
    Locks locks = DynamoDbLocks.on(SimulatedTable.named("locks"), "locks");
    SimulatedTable elsewhere = SimulatedTable.named("other-locks");
    String ticket = new Host(locks).wins("order-42").ticket();

    assertThatExceptionOfType(TicketRefusedException.class)
        .isThrownBy(() -> DynamoDbLocks.on(elsewhere, "other-locks").redeem(ticket))
        .withMessageContaining("is in table 'locks' and this one is 'other-locks'")
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.OTHER_TABLE));

    assertThat(elsewhere.counts().puts()).isZero();
    assertThat(locks.redeem(ticket).isHeld()).isTrue();
  }

  private static void assertIndependent(Locks locks, Locks others) {
    try (HeldLock lock = new Host(locks).wins("order-42");
        HeldLock other = new Host(others).wins("order-42")) {
      assertThat(lock.isHeld() && other.isHeld()).isTrue();
      new Host(locks).findsBusy("order-42");
      new Host(others).findsBusy("order-42");
    }
    new Host(locks).wins("order-42").close();
  }
}
