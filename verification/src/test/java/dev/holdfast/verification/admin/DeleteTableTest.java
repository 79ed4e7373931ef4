package dev.holdfast.verification.admin;

import static dev.holdfast.lock.admin.DeleteMode.FORCE;
import static dev.holdfast.lock.admin.DeleteMode.IF_UNUSED;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.lock.LockTableException;
import dev.holdfast.lock.LockTableNotFoundException;
import dev.holdfast.lock.admin.DeleteMode;
import dev.holdfast.lock.admin.LockTableRefusedException;
import dev.holdfast.lock.admin.LockTableRefusedException.Reason;
import dev.holdfast.lock.admin.NewLockTable;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.DeleteTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

class DeleteTableTest extends AdminFixture {

  private ThrowableAssertAlternative<LockTableRefusedException> assertRefused(
      DeleteMode mode, Reason reason) {
    return assertThatExceptionOfType(LockTableRefusedException.class)
        .isThrownBy(() -> lockTableAdmin().deleteTable(TABLE, mode))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason))
        .satisfies(e -> assertThat(dynamoDb.drainCalls()).doesNotContain("deleteTable"));
  }

  @Test
  void delete_ofUnusedTable_succeeds() throws InterruptedException {
    createTable();
    acquire("me", NAME).release();

    lockTableAdmin().deleteTable(TABLE, IF_UNUSED);

    assertThat(local.listTables().tableNames()).isEmpty();
    assertThat(dynamoDb.drainCalls())
        .containsExactly(
            "describeTable",
            "listTagsOfResource",
            "describeTimeToLive",
            "scan",
            "scan",
            "deleteTable",
            "describeTable");
  }

  @Test
  void delete_ofUntaggedTable_isRefused() {
    server.createLockTable(TABLE);

    assertRefused(FORCE, Reason.NOT_A_LOCK_TABLE);
  }

  @Test
  void delete_ofTaggedTableWithOtherKey_isRefused() {
    server.createTable(TABLE, "id", ScalarAttributeType.S);
    dynamoDb.tagTable(TABLE);

    assertRefused(FORCE, Reason.WRONG_SCHEMA).withMessageContaining("key is 'id'");
  }

  @Test
  void delete_ofProtectedTable_isRefused_withCommandToUnprotect() throws InterruptedException {
    lockTableAdmin().createTable(NewLockTable.of(TABLE));
    dynamoDb.drainCalls();

    assertRefused(FORCE, Reason.DELETION_PROTECTED)
        .withMessageContaining("--table-name orders-locks --no-deletion-protection-enabled");
  }

  @Test
  void delete_withHeldLocks_isRefused_unlessForced() throws InterruptedException {
    createTable();
    acquire("the shipper", NAME);

    assertRefused(IF_UNUSED, Reason.LOCKS_HELD)
        .withMessageContaining(NAME)
        .withMessageContaining("the shipper")
        .withMessageContaining("2027-01-15T08:00:10Z");

    lockTableAdmin().deleteTable(TABLE, FORCE);
    assertThat(local.listTables().tableNames()).isEmpty();
  }

  @Test
  void delete_afterLeaseAndMaxSkewOfCrashedHolder_succeeds() throws InterruptedException {
    createTable();
    acquire("crashed", NAME);
    time.advance(ofSeconds(10));
    assertRefused(IF_UNUSED, Reason.LOCKS_HELD);
    time.advance(ofSeconds(1));

    lockTableAdmin().deleteTable(TABLE, IF_UNUSED);

    assertThat(local.listTables().tableNames()).isEmpty();
  }

  @Test
  void delete_withHeldLockOnLaterPage_isRefused() throws InterruptedException {
    createTable();
    for (int i = 0; i < 6; i++) {
      acquire("crashed", "old-" + i);
    }
    time.advance(ofSeconds(11));
    acquire("alive", NAME);

    assertRefused(IF_UNUSED, Reason.LOCKS_HELD).withMessageContaining("alive");
  }

  @Test
  void delete_withUnrecognizedRow_isRefused_evenIfForced() throws InterruptedException {
    createTable();
    putUnrecognizedRow("an invoice");

    assertRefused(FORCE, Reason.UNRECOGNIZED_ROWS)
        .withMessageContaining("an invoice")
        .withMessageContaining("no format number");
  }

  @Test
  void delete_ofMissingTable_throwsTableNotFound() {
    assertThatExceptionOfType(LockTableNotFoundException.class)
        .isThrownBy(() -> lockTableAdmin().deleteTable(TABLE, IF_UNUSED));
  }

  @Test
  void delete_afterLostReply_succeeds() throws InterruptedException {
    createTable();
    dynamoDb.answerNext(
        "deleteTable",
        real -> {
          real.execute();
          throw ServiceErrors.notFound();
        });

    lockTableAdmin().deleteTable(TABLE, IF_UNUSED);

    assertThat(local.listTables().tableNames()).isEmpty();
  }

  @Test
  void delete_duringOtherDeletion_waitsForIt() throws InterruptedException {
    createTable();
    dynamoDb.answerNext("describeTable", real -> real.execute());
    dynamoDb.answerNext(
        "deleteTable",
        real -> {
          throw ServiceErrors.inUse();
        });
    for (int i = 0; i < 2; i++) {
      dynamoDb.answerNext("describeTable", real -> inDeletion(real.execute()));
    }
    dynamoDb.answerNext(
        "describeTable",
        real -> {
          throw ServiceErrors.notFound();
        });

    lockTableAdmin().deleteTable(TABLE, IF_UNUSED);

    assertThat(time.wallTime()).isEqualTo("2027-01-15T08:00:00.200Z");
  }

  @Test
  void delete_ofTableInUse_fails() throws InterruptedException {
    createTable();
    dynamoDb.failAlways("deleteTable", ServiceErrors.inUse());

    assertThatExceptionOfType(LockTableRefusedException.class)
        .isThrownBy(() -> lockTableAdmin().deleteTable(TABLE, IF_UNUSED))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.NOT_READY));
  }

  @Test
  void delete_ofTableNotDeletedInTime_failsAfterFiveMinutes() throws InterruptedException {
    createTable();
    dynamoDb.answerNext("deleteTable", real -> DeleteTableResponse.builder().build());

    assertThatExceptionOfType(LockTableException.class)
        .isThrownBy(() -> lockTableAdmin().deleteTable(TABLE, IF_UNUSED))
        .withMessageContaining("is ACTIVE still after PT5M");
    assertThat(time.wallTime()).isEqualTo("2027-01-15T08:05:00Z");
  }

  @Test
  void delete_ofTableInDeletion_waitsForDeletion() throws InterruptedException {
    createTable();
    dynamoDb.answerNext("describeTable", real -> inDeletion(real.execute()));
    dynamoDb.answerNext("describeTable", real -> inDeletion(real.execute()));
    dynamoDb.answerNext(
        "describeTable",
        real -> {
          throw ServiceErrors.notFound();
        });

    lockTableAdmin().deleteTable(TABLE, IF_UNUSED);

    assertThat(time.wallTime()).isEqualTo("2027-01-15T08:00:00.200Z");
    assertThat(dynamoDb.drainCalls()).doesNotContain("scan", "deleteTable");
  }

  private static DescribeTableResponse inDeletion(Object response) {
    DescribeTableResponse real = (DescribeTableResponse) response;
    return real.toBuilder()
        .table(real.table().toBuilder().tableStatus(TableStatus.DELETING).build())
        .build();
  }
}
