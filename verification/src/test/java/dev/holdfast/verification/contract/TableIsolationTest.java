package dev.holdfast.verification.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.TransferRefusedException;
import dev.holdfast.lock.TransferRefusedException.Reason;
import dev.holdfast.lock.dynamodb.DynamoDbLockClient;
import dev.holdfast.testkit.SimulatedTable;
import dev.holdfast.testkit.local.LocalDynamoDb;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Tests that one name on two tables is two locks. */
class TableIsolationTest {
  @Test
  void sameName_onTwoSimulatedTables_isTwoLocks() {
    assertIndependent(
        DynamoDbLockClient.create(SimulatedTable.named("locks"), "locks"),
        DynamoDbLockClient.create(SimulatedTable.named("other-locks"), "other-locks"));
  }

  @Test
  void sameName_onTwoTablesOfOneServer_isTwoLocks() {
    try (LocalDynamoDb server = LocalDynamoDb.start();
        DynamoDbClient client = server.client()) {
      server.createLockTable("locks");
      server.createLockTable("other-locks");
      assertIndependent(
          DynamoDbLockClient.create(client, "locks"),
          DynamoDbLockClient.create(client, "other-locks"));
    }
  }

  @Test
  void transferOfOneTable_isRefusedByAnother_withoutRequest() {
    LockClient lockClient = DynamoDbLockClient.create(SimulatedTable.named("locks"), "locks");
    SimulatedTable otherTable = SimulatedTable.named("other-locks");
    String transfer = new Host(lockClient).acquire("order-42").transfer();

    assertThatExceptionOfType(TransferRefusedException.class)
        .isThrownBy(() -> DynamoDbLockClient.create(otherTable, "other-locks").resume(transfer))
        .withMessageContaining("is in table 'locks' and this is 'other-locks'")
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.WRONG_TABLE));

    assertThat(otherTable.counts().puts()).isZero();
    assertThat(lockClient.resume(transfer).isHeld()).isTrue();
  }

  private static void assertIndependent(LockClient lockClient, LockClient otherClient) {
    try (HeldLock lock = new Host(lockClient).acquire("order-42");
        HeldLock other = new Host(otherClient).acquire("order-42")) {
      assertThat(lock.isHeld() && other.isHeld()).isTrue();
      new Host(lockClient).expectBusy("order-42");
      new Host(otherClient).expectBusy("order-42");
    }
    new Host(lockClient).acquire("order-42").close();
  }
}
