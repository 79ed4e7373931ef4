package dev.holdfast.testkit.admin;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.holdfast.lock.dynamodb.TableSchema;
import dev.holdfast.lock.dynamodb.admin.Aspect;
import dev.holdfast.lock.dynamodb.admin.Creation;
import dev.holdfast.lock.dynamodb.admin.Difference;
import dev.holdfast.lock.dynamodb.admin.LockTableRefusedException;
import dev.holdfast.lock.dynamodb.admin.LockTableRefusedException.Reason;
import dev.holdfast.lock.dynamodb.admin.Marking;
import dev.holdfast.lock.dynamodb.admin.NewLockTable;
import dev.holdfast.lock.dynamodb.admin.Protection;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.Tag;

class CreateTableTest extends AdminTest {

  @Test
  void newTable_isAsALockTableShouldBe_andGivesLocks() throws InterruptedException {
    Creation creation = tables().create(NewLockTable.named(TABLE).tag("team", "shop"));

    assertThat(creation).isInstanceOf(Creation.Created.class);
    assertThat(creation.table().differences()).isEmpty();
    assertThat(creation.table().protection()).isEqualTo(Protection.ON);
    assertThat(creation.table().marking()).isEqualTo(Marking.TAGGED);
    assertThat(creation.table().arn()).endsWith(":table/" + TABLE);
    assertThat(dynamoDb.tagsOf(TABLE))
        .extracting(Tag::key)
        .containsExactlyInAnyOrder("team", TableSchema.TAG);
    assertThat(local.describeTimeToLive(r -> r.tableName(TABLE)).timeToLiveDescription())
        .satisfies(ttl -> assertThat(ttl.attributeName()).isEqualTo(TableSchema.TTL));
    assertThat(acquired("me", NAME).isHeld()).isTrue();
  }

  @Test
  void newTable_costsTheseCalls() throws InterruptedException {
    tables().create(NewLockTable.named(TABLE));

    assertThat(dynamoDb.takeCalls())
        .containsExactly(
            "createTable",
            "describeTable",
            "describeTable",
            "listTagsOfResource",
            "describeTimeToLive",
            "updateTimeToLive",
            "describeTable",
            "listTagsOfResource",
            "describeTimeToLive");
  }

  @Test
  void unprotectedTable_differsInThat() throws InterruptedException {
    Creation creation = tables().create(NewLockTable.named(TABLE).protection(Protection.OFF));

    assertThat(creation.table().differences())
        .containsExactly(new Difference(Aspect.DELETION_PROTECTION, "on", "off"));
    assertThat(creation.table().canLock()).isTrue();
  }

  @Test
  void createdAgain_isAlreadyThere_andNothingChanges() throws InterruptedException {
    createTable();

    Creation again = tables().create(NewLockTable.named(TABLE));

    assertThat(again).isInstanceOf(Creation.AlreadyThere.class);
    assertThat(again.table().protection()).isEqualTo(Protection.OFF);
    assertThat(dynamoDb.takeCalls()).doesNotContain("updateTimeToLive", "updateTable");
  }

  @Test
  void createdAgain_afterBeingCutOff_hasItsTimeToLiveTurnedOn() throws InterruptedException {
    server().createLockTable(TABLE);
    dynamoDb.tag(TABLE);

    Creation again = tables().create(NewLockTable.named(TABLE));

    assertThat(again).isInstanceOf(Creation.AlreadyThere.class);
    assertThat(again.table().differences())
        .extracting(Difference::aspect)
        .containsExactly(Aspect.DELETION_PROTECTION);
  }

  @Test
  void creationWhoseAnswerIsLost_isFinished() throws InterruptedException {
    dynamoDb.next(
        "createTable",
        real -> {
          real.make();
          throw ServiceErrors.inUse();
        });

    assertThat(tables().create(NewLockTable.named(TABLE)).table().differences()).isEmpty();
  }

  @Test
  void timeToLiveWhoseAnswerIsLost_isOn() throws InterruptedException {
    dynamoDb.next(
        "updateTimeToLive",
        real -> {
          real.make();
          throw ServiceErrors.of(400, "ValidationException", "TimeToLive is already enabled");
        });

    assertThat(tables().create(NewLockTable.named(TABLE)).table().differences()).isEmpty();
  }

  @Test
  void timeToLiveThatIsDenied_isAnError_namingThePermission() {
    dynamoDb.fails("updateTimeToLive", ServiceErrors.of(400, "AccessDeniedException", "no"));

    assertThatExceptionOfType(RuntimeException.class)
        .isThrownBy(() -> tables().create(NewLockTable.named(TABLE)))
        .withMessageContaining("no permission for dynamodb:UpdateTimeToLive");
  }

  @Test
  void nameOfAnotherTable_isRefused_andThatTableIsLeftAlone() {
    server().createTable(TABLE, "id", ScalarAttributeType.N);

    assertThatExceptionOfType(LockTableRefusedException.class)
        .isThrownBy(() -> tables().create(NewLockTable.named(TABLE)))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.NOT_A_LOCK_TABLE))
        .withMessageContaining("is left as it is")
        .withMessageContaining(TableSchema.TAG);
    assertThat(dynamoDb.takeCalls()).doesNotContain("updateTimeToLive");
  }

  @Test
  void tableThatIsBeingCreated_isWaitedFor() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      dynamoDb.next("describeTable", real -> inState(real.make(), TableStatus.CREATING));
    }

    tables().create(NewLockTable.named(TABLE));

    Duration waited = Duration.between(Instant.parse("2027-01-15T08:00:00Z"), time.wall());
    assertThat(waited).isEqualTo(Duration.ofMillis(200 + 400 + 800));
  }

  @Test
  void tableThatIsNotReadyInTime_isAnError_atTheDeadline() {
    dynamoDb.always("describeTable", real -> inState(real.make(), TableStatus.CREATING));

    assertThatExceptionOfType(LockTableRefusedException.class)
        .isThrownBy(() -> tables().create(NewLockTable.named(TABLE).waitUpTo(ofSeconds(10))))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.NOT_READY))
        .withMessageContaining("is CREATING still after PT10S");
    assertThat(time.wall()).isEqualTo("2027-01-15T08:00:10Z");
  }

  @Test
  void tableThatIsBeingDeleted_isAnError_atOnce() throws InterruptedException {
    createTable();
    dynamoDb.always("describeTable", real -> inState(real.make(), TableStatus.DELETING));

    assertThatExceptionOfType(LockTableRefusedException.class)
        .isThrownBy(() -> tables().create(NewLockTable.named(TABLE)))
        .withMessageContaining("is being deleted");
    assertThat(time.wall()).isEqualTo("2027-01-15T08:00:00Z");
  }

  @Test
  void interruptedWait_endsAtOnce_andTheNextCallGoesOn() throws InterruptedException {
    dynamoDb.next("describeTable", real -> inState(real.make(), TableStatus.CREATING));
    dynamoDb.next(
        "createTable",
        real -> {
          Object created = real.make();
          Thread.currentThread().interrupt();
          return created;
        });

    assertThatExceptionOfType(InterruptedException.class)
        .isThrownBy(() -> tables().create(NewLockTable.named(TABLE)));
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertThat(tables().create(NewLockTable.named(TABLE)).table().differences()).isEmpty();
  }

  @Test
  void whatCannotBeCreated_isRefused_withoutACall() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NewLockTable.named("a b"))
        .withMessageContaining("got 'a b'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NewLockTable.named("arn:aws:dynamodb:eu-west-1:1:table/locks"))
        .withMessageContaining("needs a name");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NewLockTable.named(TABLE).tag(TableSchema.TAG, "2"))
        .withMessageContaining("leave it out");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NewLockTable.named(TABLE).waitUpTo(ofSeconds(0)))
        .withMessageContaining("from 1 s to 1 h");
    assertThat(NewLockTable.named(TABLE).tags()).isEqualTo(Map.of());
  }

  private static DescribeTableResponse inState(Object response, TableStatus status) {
    DescribeTableResponse real = (DescribeTableResponse) response;
    return real.toBuilder().table(real.table().toBuilder().tableStatus(status).build()).build();
  }
}
