package dev.holdfast.testkit.admin;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.lock.LockThrottledException;
import dev.holdfast.lock.dynamodb.admin.Creation;
import dev.holdfast.lock.dynamodb.admin.HeldLockRule;
import dev.holdfast.lock.dynamodb.admin.LockTableRefusedException;
import dev.holdfast.lock.dynamodb.admin.NewLockTable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/** What can come between, while a table comes or goes. */
class WaitForTableTest extends AdminTest {
  private static final Instant BEGIN = Instant.parse("2027-01-15T08:00:00Z");

  private Duration waited() {
    return Duration.between(BEGIN, time.wall());
  }

  private static DescribeTableResponse inState(Object response, TableStatus status) {
    DescribeTableResponse real = (DescribeTableResponse) response;
    return real.toBuilder().table(real.table().toBuilder().tableStatus(status).build()).build();
  }

  private void nextLookFails(RuntimeException failure) {
    dynamoDb.next(
        "describeTable",
        real -> {
          throw failure;
        });
  }

  @Test
  void looksThatAreThrottledOrNotAnswered_areMadeAgain() throws InterruptedException {
    dynamoDb.next("describeTable", real -> inState(real.make(), TableStatus.CREATING));
    nextLookFails(ServiceErrors.of(400, "ThrottlingException", "slow down"));
    nextLookFails(ServiceErrors.of(500, "InternalServerError", "oops"));

    assertThat(tables().create(NewLockTable.named(TABLE)).table().differences()).isEmpty();

    assertThat(waited()).isEqualTo(ofMillis(200 + 400 + 800));
  }

  @Test
  void looksThatAreThrottledToTheEnd_areToldAsThat_atTheDeadline() {
    dynamoDb.fails("describeTable", ServiceErrors.of(400, "ThrottlingException", "slow down"));

    assertThatExceptionOfType(LockThrottledException.class)
        .isThrownBy(() -> tables().create(NewLockTable.named(TABLE).waitUpTo(ofSeconds(10))));

    assertThat(waited()).isEqualTo(ofSeconds(10));
  }

  @Test
  void lookThatIsInterrupted_interruptsTheCreation() {
    nextLookFails(AbortedException.create("interrupted"));

    assertThatExceptionOfType(InterruptedException.class)
        .isThrownBy(() -> tables().create(NewLockTable.named(TABLE)));

    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void tagsThatAreNotYetThere_areAskedForWhenTheTableIs() throws InterruptedException {
    AtomicBoolean active = new AtomicBoolean();
    dynamoDb.next(
        "createTable",
        real -> {
          real.make();
          throw ServiceErrors.inUse();
        });
    dynamoDb.next("describeTable", real -> inState(real.make(), TableStatus.CREATING));
    dynamoDb.next(
        "describeTable",
        real -> {
          active.set(true);
          return real.make();
        });
    missingUnless(active, "listTagsOfResource");

    Creation creation = tables().create(NewLockTable.named(TABLE));

    assertThat(creation.table().differences()).isEmpty();
    assertThat(waited()).isEqualTo(ofMillis(200));
  }

  private void missingUnless(AtomicBoolean there, String operation) {
    dynamoDb.always(
        operation,
        real -> {
          if (!there.get()) {
            throw ServiceErrors.missing();
          }
          return real.make();
        });
  }

  @Test
  void tagsThatAreGoneSooner_areNotTheTable() throws InterruptedException {
    createTable();
    AtomicBoolean there = new AtomicBoolean(true);
    DescribeTableResponse before = local.describeTable(r -> r.tableName(TABLE));
    dynamoDb.next("describeTable", AdminClient.Call::make);
    dynamoDb.next("describeTable", real -> inState(before, TableStatus.DELETING));
    dynamoDb.next("describeTable", real -> inState(before, TableStatus.DELETING));
    dynamoDb.next(
        "deleteTable",
        real -> {
          there.set(false);
          return real.make();
        });
    missingUnless(there, "listTagsOfResource");

    tables().delete(TABLE, HeldLockRule.REFUSE);

    assertThat(waited()).isEqualTo(ofMillis(200 + 400));
  }

  @Test
  void looks_becomeRarer_andAreNeverMoreThanFourSecondsApart() {
    List<Instant> looks = new ArrayList<>();
    dynamoDb.always(
        "describeTable",
        real -> {
          looks.add(time.wall());
          return inState(real.make(), TableStatus.CREATING);
        });

    assertThatExceptionOfType(LockTableRefusedException.class)
        .isThrownBy(() -> tables().create(NewLockTable.named(TABLE).waitUpTo(ofSeconds(15))));

    assertThat(looks.stream().map(look -> Duration.between(BEGIN, look).toMillis()))
        .containsExactly(0L, 200L, 600L, 1_400L, 3_000L, 6_200L, 10_200L, 14_200L, 15_000L);
  }
}
