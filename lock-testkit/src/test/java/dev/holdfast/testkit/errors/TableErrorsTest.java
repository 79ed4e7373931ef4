package dev.holdfast.testkit.errors;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockAccessDeniedException;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.LockRowTooLargeException;
import dev.holdfast.lock.LockTableException;
import dev.holdfast.lock.LockTableMissingException;
import dev.holdfast.lock.LockTableSchemaException;
import dev.holdfast.lock.LockTableUnreachableException;
import dev.holdfast.lock.LockThrottledException;
import dev.holdfast.lock.Locks;
import dev.holdfast.lock.dynamodb.DynamoDbLocks;
import dev.holdfast.testkit.Fault;
import dev.holdfast.testkit.ManualTime;
import dev.holdfast.testkit.SimulatedTable;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is said when the table cannot be used: what is wrong, what is allowed, what to do. */
class TableErrorsTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final String NAME = "order-42";

  private final ManualTime time = ManualTime.at(NOON);
  private final SimulatedTable table = SimulatedTable.named("locks", time);
  private final Locks locks = DynamoDbLocks.on(table, "locks").withTime(time);

  @Test
  void tableMissing_namesTheTable_andWhereToLook() {
    Locks elsewhere = DynamoDbLocks.on(table, "lokcs").withTime(time);

    assertThatThrownBy(() -> elsewhere.tryAcquire(NAME))
        .isInstanceOf(LockTableMissingException.class)
        .hasMessageContaining("there is no table 'lokcs'")
        .hasMessageContaining("the Region and the account");
  }

  @Test
  void tableWithAnotherKey_saysWhichKeyIsNeeded() {
    Locks wrong = DynamoDbLocks.on(SimulatedTable.withKey("locks", "id"), "locks");

    assertThatThrownBy(() -> wrong.tryAcquire(NAME))
        .isInstanceOf(LockTableSchemaException.class)
        .hasMessageContaining("partition key must be 'resource_id' of type String")
        .hasMessageContaining("without a sort key");
  }

  @Test
  void accessDenied_forAcquiring_namesPutItemAndTheTable_andIsNotTriedAgain() {
    table.faults().every(Fault.DENIED);

    assertThatThrownBy(() -> locks.acquire(NAME))
        .isInstanceOf(LockAccessDeniedException.class)
        .hasMessageContaining("no permission for dynamodb:PutItem on table 'locks'")
        .hasMessageContaining("grant dynamodb:PutItem and dynamodb:DeleteItem");

    assertThat(table.faults().injected(Fault.DENIED)).isEqualTo(1);
    assertThat(time.wall()).isEqualTo(NOON);
  }

  @Test
  void accessDenied_forReleasing_namesDeleteItem_andTheLockCanBeReleasedLater() {
    HeldLock lock = acquired();
    table.faults().nextDenied();

    assertThatThrownBy(lock::release)
        .isInstanceOf(LockAccessDeniedException.class)
        .hasMessageContaining("no permission for dynamodb:DeleteItem on table 'locks'");

    lock.release();
    assertThat(table.rows()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"THROTTLED", "THROUGHPUT_EXCEEDED"})
  void throttled_pastTheBound_saysSo_afterWaiting(Fault fault) {
    table.faults().every(fault);

    assertThatThrownBy(() -> locks.acquire(LockRequest.of(NAME).waitUpTo(ofSeconds(5))))
        .isInstanceOf(LockThrottledException.class)
        .hasMessageContaining("table 'locks' limits the rate of writes");

    assertThat(Duration.between(NOON, time.wall())).isEqualTo(ofSeconds(5));
    assertThat(table.faults().injected(fault)).isBetween(10, 40);
  }

  @Test
  void throttled_forAWhile_isWaitedOut() throws InterruptedException {
    table.faults().every(Fault.THROTTLED);
    time.after(ofSeconds(2), () -> table.faults().clear());

    try (HeldLock lock = locks.acquire(LockRequest.of(NAME).waitUpTo(ofSeconds(5)))) {
      assertThat(lock.isHeld()).isTrue();
    }
  }

  @Test
  void unreachable_saysWhatToCheck_andAsksNothingToBeReleased() {
    table.faults().every(Fault.UNREACHABLE);

    assertThatThrownBy(() -> locks.tryAcquire(NAME))
        .isInstanceOf(LockTableUnreachableException.class)
        .hasMessageContaining("no answer from table 'locks'")
        .hasMessageContaining("check the network, the endpoint and the Region")
        .hasMessageContaining("Connection refused");

    assertThat(table.counts().puts()).isZero();
    assertThat(table.faults().injected(Fault.UNREACHABLE)).isEqualTo(2);
  }

  @Test
  void unreachable_forAWhile_isWaitedOut() throws InterruptedException {
    table.faults().every(Fault.UNREACHABLE);
    time.after(ofSeconds(2), () -> table.faults().clear());

    try (HeldLock lock = locks.acquire(LockRequest.of(NAME).waitUpTo(ofSeconds(5)))) {
      assertThat(lock.isHeld()).isTrue();
    }
  }

  @Test
  void rowTooLarge_saysHowLargeItMayBe() {
    LockRequest huge = LockRequest.of(NAME).event("x".repeat(400 * 1024));

    assertThatThrownBy(() -> locks.tryAcquire(huge))
        .isInstanceOf(LockRowTooLargeException.class)
        .hasMessageContaining("400 KB")
        .hasMessageContaining("shorten the event's id");
    assertThat(table.rows()).isEmpty();
  }

  @Test
  void errorsOfTheTable_haveOneRoot() {
    table.faults().nextThrottled().nextDenied();

    assertThatThrownBy(() -> locks.tryAcquire(NAME)).isInstanceOf(LockTableException.class);
    assertThatThrownBy(() -> locks.tryAcquire(NAME)).isInstanceOf(LockTableException.class);
  }

  private HeldLock acquired() {
    return ((Acquisition.Acquired) locks.tryAcquire(NAME)).lock();
  }
}
