package dev.holdfast.verification.admin;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.holdfast.lock.admin.CreateResult;
import dev.holdfast.lock.admin.DeletionProtection;
import dev.holdfast.lock.admin.LockTableRefusedException;
import dev.holdfast.lock.admin.LockTableRefusedException.Reason;
import dev.holdfast.lock.admin.NewLockTable;
import dev.holdfast.lock.admin.TableIssue;
import dev.holdfast.lock.admin.TableProperty;
import dev.holdfast.lock.admin.TagStatus;
import dev.holdfast.lock.dynamodb.TableSchema;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.Tag;

class CreateTableTest extends AdminFixture {

  @Test
  void newTable_hasNoIssues_andLocksCanBeAcquired() throws InterruptedException {
    CreateResult result = lockTableAdmin().createTable(NewLockTable.of(TABLE).tag("team", "shop"));

    assertThat(result).isInstanceOf(CreateResult.Created.class);
    assertThat(result.table().issues()).isEmpty();
    assertThat(result.table().deletionProtection()).isEqualTo(DeletionProtection.ENABLED);
    assertThat(result.table().tagStatus()).isEqualTo(TagStatus.TAGGED);
    assertThat(result.table().arn()).endsWith(":table/" + TABLE);
    assertThat(dynamoDb.tagsOfTable(TABLE))
        .extracting(Tag::key)
        .containsExactlyInAnyOrder("team", TableSchema.TAG);
    assertThat(local.describeTimeToLive(r -> r.tableName(TABLE)).timeToLiveDescription())
        .satisfies(ttl -> assertThat(ttl.attributeName()).isEqualTo(TableSchema.TTL));
    assertThat(acquire("me", NAME).isHeld()).isTrue();
  }

  @Test
  void newTable_sendsTheseRequests() throws InterruptedException {
    lockTableAdmin().createTable(NewLockTable.of(TABLE));

    assertThat(dynamoDb.drainCalls())
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
  void acceptedCreation_isReportedOnce_beforeTheWait() throws InterruptedException {
    List<String> callsBefore = new ArrayList<>();

    lockTableAdmin()
        .createTable(NewLockTable.of(TABLE), () -> callsBefore.addAll(dynamoDb.drainCalls()));
    assertThat(callsBefore).containsExactly("createTable");
    callsBefore.clear();

    lockTableAdmin()
        .createTable(NewLockTable.of(TABLE), () -> callsBefore.addAll(dynamoDb.drainCalls()));
    assertThat(callsBefore).as("reported for an existing table").isEmpty();
  }

  @Test
  void tableWithoutDeletionProtection_hasThatIssue() throws InterruptedException {
    CreateResult result =
        lockTableAdmin()
            .createTable(NewLockTable.of(TABLE).deletionProtection(DeletionProtection.DISABLED));

    assertThat(result.table().issues())
        .containsExactly(new TableIssue(TableProperty.DELETION_PROTECTION, "on", "off"));
    assertThat(result.table().supportsLocking()).isTrue();
  }

  @Test
  void create_ofExistingTable_changesNothing() throws InterruptedException {
    createTable();

    CreateResult again = lockTableAdmin().createTable(NewLockTable.of(TABLE));

    assertThat(again).isInstanceOf(CreateResult.AlreadyExists.class);
    assertThat(again.table().deletionProtection()).isEqualTo(DeletionProtection.DISABLED);
    assertThat(dynamoDb.drainCalls()).doesNotContain("updateTimeToLive", "updateTable");
  }

  @Test
  void create_afterInterruptedCreate_enablesTimeToLive() throws InterruptedException {
    server.createLockTable(TABLE);
    dynamoDb.tagTable(TABLE);

    CreateResult again = lockTableAdmin().createTable(NewLockTable.of(TABLE));

    assertThat(again).isInstanceOf(CreateResult.AlreadyExists.class);
    assertThat(again.table().issues())
        .extracting(TableIssue::property)
        .containsExactly(TableProperty.DELETION_PROTECTION);
  }

  @Test
  void create_afterLostReply_isCompleted() throws InterruptedException {
    dynamoDb.answerNext(
        "createTable",
        real -> {
          real.execute();
          throw ServiceErrors.inUse();
        });

    assertThat(lockTableAdmin().createTable(NewLockTable.of(TABLE)).table().issues()).isEmpty();
  }

  @Test
  void create_afterLostTimeToLiveReply_hasTimeToLiveEnabled() throws InterruptedException {
    dynamoDb.answerNext(
        "updateTimeToLive",
        real -> {
          real.execute();
          throw ServiceErrors.create(400, "ValidationException", "TimeToLive is already enabled");
        });

    assertThat(lockTableAdmin().createTable(NewLockTable.of(TABLE)).table().issues()).isEmpty();
  }

  @Test
  void create_withoutTimeToLivePermission_namesMissingPermission() {
    dynamoDb.failAlways(
        "updateTimeToLive", ServiceErrors.create(400, "AccessDeniedException", "no"));

    assertThatExceptionOfType(RuntimeException.class)
        .isThrownBy(() -> lockTableAdmin().createTable(NewLockTable.of(TABLE)))
        .withMessageContaining("no permission for dynamodb:UpdateTimeToLive");
  }

  @Test
  void create_withNameOfOtherTable_isRefused_andLeavesTable() {
    server.createTable(TABLE, "id", ScalarAttributeType.N);

    assertThatExceptionOfType(LockTableRefusedException.class)
        .isThrownBy(() -> lockTableAdmin().createTable(NewLockTable.of(TABLE)))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.NOT_A_LOCK_TABLE))
        .withMessageContaining("is left as it is")
        .withMessageContaining(TableSchema.TAG);
    assertThat(dynamoDb.drainCalls()).doesNotContain("updateTimeToLive");
  }

  @Test
  void create_ofTableInCreation_waitsUntilActive() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      dynamoDb.answerNext(
          "describeTable", real -> withStatus(real.execute(), TableStatus.CREATING));
    }

    lockTableAdmin().createTable(NewLockTable.of(TABLE));

    Duration waited = Duration.between(Instant.parse("2027-01-15T08:00:00Z"), time.wallTime());
    assertThat(waited).isEqualTo(Duration.ofMillis(200 + 400 + 800));
  }

  @Test
  void create_ofTableNotActiveInTime_failsAtDeadline() {
    dynamoDb.answerAlways(
        "describeTable", real -> withStatus(real.execute(), TableStatus.CREATING));

    assertThatExceptionOfType(LockTableRefusedException.class)
        .isThrownBy(
            () -> lockTableAdmin().createTable(NewLockTable.of(TABLE).maxWait(ofSeconds(10))))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.NOT_READY))
        .withMessageContaining("is CREATING still after PT10S");
    assertThat(time.wallTime()).isEqualTo("2027-01-15T08:00:10Z");
  }

  @Test
  void create_ofTableInDeletion_failsAtOnce() throws InterruptedException {
    createTable();
    dynamoDb.answerAlways(
        "describeTable", real -> withStatus(real.execute(), TableStatus.DELETING));

    assertThatExceptionOfType(LockTableRefusedException.class)
        .isThrownBy(() -> lockTableAdmin().createTable(NewLockTable.of(TABLE)))
        .withMessageContaining("is being deleted");
    assertThat(time.wallTime()).isEqualTo("2027-01-15T08:00:00Z");
  }

  @Test
  void create_whenInterrupted_stopsAtOnce_andCanBeRepeated() throws InterruptedException {
    dynamoDb.answerNext("describeTable", real -> withStatus(real.execute(), TableStatus.CREATING));
    dynamoDb.answerNext(
        "createTable",
        real -> {
          Object created = real.execute();
          Thread.currentThread().interrupt();
          return created;
        });

    assertThatExceptionOfType(InterruptedException.class)
        .isThrownBy(() -> lockTableAdmin().createTable(NewLockTable.of(TABLE)));
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertThat(lockTableAdmin().createTable(NewLockTable.of(TABLE)).table().issues()).isEmpty();
  }

  @Test
  void invalidTableSettings_areRejected_withoutRequest() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NewLockTable.of("a b"))
        .withMessageContaining("got 'a b'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NewLockTable.of("arn:aws:dynamodb:eu-west-1:1:table/locks"))
        .withMessageContaining("needs a name");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NewLockTable.of(TABLE).tag(TableSchema.TAG, "2"))
        .withMessageContaining("leave it out");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NewLockTable.of(TABLE).maxWait(ofSeconds(0)))
        .withMessageContaining("from 1 s to 1 h");
    assertThat(NewLockTable.of(TABLE).tags()).isEqualTo(Map.of());
  }

  private static DescribeTableResponse withStatus(Object response, TableStatus status) {
    DescribeTableResponse real = (DescribeTableResponse) response;
    return real.toBuilder().table(real.table().toBuilder().tableStatus(status).build()).build();
  }
}
