package dev.holdfast.testkit.admin;

import static dev.holdfast.lock.dynamodb.admin.HeldLockRule.DELETE_ALL_THE_SAME;
import static dev.holdfast.lock.dynamodb.admin.HeldLockRule.REFUSE;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.lock.LockTableException;
import dev.holdfast.lock.LockTableMissingException;
import dev.holdfast.lock.dynamodb.admin.HeldLockRule;
import dev.holdfast.lock.dynamodb.admin.LockTableRefusedException;
import dev.holdfast.lock.dynamodb.admin.LockTableRefusedException.Reason;
import dev.holdfast.lock.dynamodb.admin.NewLockTable;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.DeleteTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

class DeleteTableTest extends AdminTest {

  private ThrowableAssertAlternative<LockTableRefusedException> refused(
      HeldLockRule rule, Reason reason) {
    return assertThatExceptionOfType(LockTableRefusedException.class)
        .isThrownBy(() -> tables().delete(TABLE, rule))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason))
        .satisfies(e -> assertThat(dynamoDb.takeCalls()).doesNotContain("deleteTable"));
  }

  @Test
  void unusedTable_isDeleted() throws InterruptedException {
    createTable();
    acquired("me", NAME).release();

    tables().delete(TABLE, REFUSE);

    assertThat(local.listTables().tableNames()).isEmpty();
    assertThat(dynamoDb.takeCalls())
        .containsExactly(
            "describeTable",
            "listTagsOfResource",
            "describeTimeToLive",
            "scan",
            "deleteTable",
            "describeTable");
  }

  @Test
  void tableThatIsNotOurs_isRefused() {
    server().createLockTable(TABLE);

    refused(DELETE_ALL_THE_SAME, Reason.NOT_A_LOCK_TABLE);
  }

  @Test
  void taggedTable_withAnotherKey_isRefused() {
    server().createTable(TABLE, "id", ScalarAttributeType.S);
    dynamoDb.tag(TABLE);

    refused(DELETE_ALL_THE_SAME, Reason.WRONG_SCHEMA).withMessageContaining("key is 'id'");
  }

  @Test
  void protectedTable_isRefused_withTheCommandThatTurnsItOff() throws InterruptedException {
    tables().create(NewLockTable.named(TABLE));
    dynamoDb.takeCalls();

    refused(DELETE_ALL_THE_SAME, Reason.PROTECTED)
        .withMessageContaining("--table-name orders-locks --no-deletion-protection-enabled");
  }

  @Test
  void heldLocks_areRefused_namingOne_unlessTold() throws InterruptedException {
    createTable();
    acquired("the shipper", NAME);

    refused(REFUSE, Reason.LOCKS_HELD)
        .withMessageContaining(NAME)
        .withMessageContaining("the shipper")
        .withMessageContaining("2027-01-15T08:00:10Z");

    tables().delete(TABLE, DELETE_ALL_THE_SAME);
    assertThat(local.listTables().tableNames()).isEmpty();
  }

  @Test
  void crashedHolder_isNoReasonToRefuse_onceItsLeaseAndTheBoundAreOver()
      throws InterruptedException {
    createTable();
    acquired("crashed", NAME);
    time.advance(ofSeconds(10));
    refused(REFUSE, Reason.LOCKS_HELD);
    time.advance(ofSeconds(1));

    tables().delete(TABLE, REFUSE);

    assertThat(local.listTables().tableNames()).isEmpty();
  }

  @Test
  void lockOnALaterPage_isFound() throws InterruptedException {
    createTable();
    for (int i = 0; i < 6; i++) {
      acquired("crashed", "old-" + i);
    }
    time.advance(ofSeconds(11));
    acquired("alive", NAME);

    refused(REFUSE, Reason.LOCKS_HELD).withMessageContaining("alive");
  }

  @Test
  void rowThatIsNotOurs_isRefused_whateverIsTold() throws InterruptedException {
    createTable();
    putForeignRow("an invoice");

    refused(DELETE_ALL_THE_SAME, Reason.FOREIGN_ROWS)
        .withMessageContaining("an invoice")
        .withMessageContaining("no format number");
  }

  @Test
  void missingTable_isAnErrorOfItsOwn() {
    assertThatExceptionOfType(LockTableMissingException.class)
        .isThrownBy(() -> tables().delete(TABLE, REFUSE));
  }

  @Test
  void deletionWhoseAnswerIsLost_isDone() throws InterruptedException {
    createTable();
    dynamoDb.next(
        "deleteTable",
        real -> {
          real.make();
          throw ServiceErrors.missing();
        });

    tables().delete(TABLE, REFUSE);

    assertThat(local.listTables().tableNames()).isEmpty();
  }

  @Test
  void deletionThatIsUnderWay_isWaitedFor() throws InterruptedException {
    createTable();
    dynamoDb.next("describeTable", real -> real.make());
    dynamoDb.next(
        "deleteTable",
        real -> {
          throw ServiceErrors.inUse();
        });
    for (int i = 0; i < 2; i++) {
      dynamoDb.next("describeTable", real -> beingDeleted(real.make()));
    }
    dynamoDb.next(
        "describeTable",
        real -> {
          throw ServiceErrors.missing();
        });

    tables().delete(TABLE, REFUSE);

    assertThat(time.wall()).isEqualTo("2027-01-15T08:00:00.200Z");
  }

  @Test
  void tableThatIsBeingChanged_isAnError() throws InterruptedException {
    createTable();
    dynamoDb.fails("deleteTable", ServiceErrors.inUse());

    assertThatExceptionOfType(LockTableRefusedException.class)
        .isThrownBy(() -> tables().delete(TABLE, REFUSE))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.NOT_READY));
  }

  @Test
  void tableThatDoesNotGo_isAnError_afterFiveMinutes() throws InterruptedException {
    createTable();
    dynamoDb.next("deleteTable", real -> DeleteTableResponse.builder().build());

    assertThatExceptionOfType(LockTableException.class)
        .isThrownBy(() -> tables().delete(TABLE, REFUSE))
        .withMessageContaining("is ACTIVE still after PT5M");
    assertThat(time.wall()).isEqualTo("2027-01-15T08:05:00Z");
  }

  @Test
  void deletionThatWasCutOff_isWaitedFor_whenItIsMadeAgain() throws InterruptedException {
    createTable();
    dynamoDb.next("describeTable", real -> beingDeleted(real.make()));
    dynamoDb.next("describeTable", real -> beingDeleted(real.make()));
    dynamoDb.next(
        "describeTable",
        real -> {
          throw ServiceErrors.missing();
        });

    tables().delete(TABLE, REFUSE);

    assertThat(time.wall()).isEqualTo("2027-01-15T08:00:00.200Z");
    assertThat(dynamoDb.takeCalls()).doesNotContain("scan", "deleteTable");
  }

  private static DescribeTableResponse beingDeleted(Object response) {
    DescribeTableResponse real = (DescribeTableResponse) response;
    return real.toBuilder()
        .table(real.table().toBuilder().tableStatus(TableStatus.DELETING).build())
        .build();
  }
}
