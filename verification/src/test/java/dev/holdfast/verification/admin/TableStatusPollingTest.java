package dev.holdfast.verification.admin;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.lock.LockThrottledException;
import dev.holdfast.lock.admin.CreateResult;
import dev.holdfast.lock.admin.DeleteMode;
import dev.holdfast.lock.admin.LockTableRefusedException;
import dev.holdfast.lock.admin.NewLockTable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/** Tests events during the creation or deletion of a table. */
class TableStatusPollingTest extends AdminFixture {
  private static final Instant START = Instant.parse("2027-01-15T08:00:00Z");

  private Duration waited() {
    return Duration.between(START, time.wallTime());
  }

  private static DescribeTableResponse withStatus(Object response, TableStatus status) {
    DescribeTableResponse real = (DescribeTableResponse) response;
    return real.toBuilder().table(real.table().toBuilder().tableStatus(status).build()).build();
  }

  private void failNextDescribe(RuntimeException failure) {
    dynamoDb.answerNext(
        "describeTable",
        real -> {
          throw failure;
        });
  }

  @Test
  void poll_throttledOrUnanswered_isRetried() throws InterruptedException {
    dynamoDb.answerNext("describeTable", real -> withStatus(real.execute(), TableStatus.CREATING));
    failNextDescribe(ServiceErrors.create(400, "ThrottlingException", "slow down"));
    failNextDescribe(ServiceErrors.create(500, "InternalServerError", "oops"));

    assertThat(lockTableAdmin().createTable(NewLockTable.of(TABLE)).table().issues()).isEmpty();

    assertThat(waited()).isEqualTo(ofMillis(200 + 400 + 800));
  }

  @Test
  void polls_throttledUntilDeadline_failAsThrottled() {
    dynamoDb.failAlways(
        "describeTable", ServiceErrors.create(400, "ThrottlingException", "slow down"));

    assertThatExceptionOfType(LockThrottledException.class)
        .isThrownBy(
            () -> lockTableAdmin().createTable(NewLockTable.of(TABLE).maxWait(ofSeconds(10))));

    assertThat(waited()).isEqualTo(ofSeconds(10));
  }

  @Test
  void interruptedPoll_interruptsCreate() {
    failNextDescribe(AbortedException.create("interrupted"));

    assertThatExceptionOfType(InterruptedException.class)
        .isThrownBy(() -> lockTableAdmin().createTable(NewLockTable.of(TABLE)));

    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void tagsOfTableInCreation_areReadWhenTableIsActive() throws InterruptedException {
    AtomicBoolean active = new AtomicBoolean();
    dynamoDb.answerNext(
        "createTable",
        real -> {
          real.execute();
          throw ServiceErrors.inUse();
        });
    dynamoDb.answerNext("describeTable", real -> withStatus(real.execute(), TableStatus.CREATING));
    dynamoDb.answerNext(
        "describeTable",
        real -> {
          active.set(true);
          return real.execute();
        });
    notFoundUnless(active, "listTagsOfResource");

    CreateResult creation = lockTableAdmin().createTable(NewLockTable.of(TABLE));

    assertThat(creation.table().issues()).isEmpty();
    assertThat(waited()).isEqualTo(ofMillis(200));
  }

  private void notFoundUnless(AtomicBoolean exists, String operation) {
    dynamoDb.answerAlways(
        operation,
        real -> {
          if (!exists.get()) {
            throw ServiceErrors.notFound();
          }
          return real.execute();
        });
  }

  @Test
  void tagsDeletedBeforeTable_doNotEndWait() throws InterruptedException {
    createTable();
    AtomicBoolean exists = new AtomicBoolean(true);
    DescribeTableResponse before = local.describeTable(r -> r.tableName(TABLE));
    dynamoDb.answerNext("describeTable", ScriptedDynamoDbClient.Call::execute);
    dynamoDb.answerNext("describeTable", real -> withStatus(before, TableStatus.DELETING));
    dynamoDb.answerNext("describeTable", real -> withStatus(before, TableStatus.DELETING));
    dynamoDb.answerNext(
        "deleteTable",
        real -> {
          exists.set(false);
          return real.execute();
        });
    notFoundUnless(exists, "listTagsOfResource");

    lockTableAdmin().deleteTable(TABLE, DeleteMode.IF_UNUSED);

    assertThat(waited()).isEqualTo(ofMillis(200 + 400));
  }

  @Test
  void polls_backOff_toAtMostFourSeconds() {
    List<Instant> polls = new ArrayList<>();
    dynamoDb.answerAlways(
        "describeTable",
        real -> {
          polls.add(time.wallTime());
          return withStatus(real.execute(), TableStatus.CREATING);
        });

    assertThatExceptionOfType(LockTableRefusedException.class)
        .isThrownBy(
            () -> lockTableAdmin().createTable(NewLockTable.of(TABLE).maxWait(ofSeconds(15))));

    assertThat(polls.stream().map(poll -> Duration.between(START, poll).toMillis()))
        .containsExactly(0L, 200L, 600L, 1_400L, 3_000L, 6_200L, 10_200L, 14_200L, 15_000L);
  }
}
