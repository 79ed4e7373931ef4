package dev.holdfast.verification.errors;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockAccessDeniedException;
import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.LockRowTooLargeException;
import dev.holdfast.lock.LockTableException;
import dev.holdfast.lock.LockTableNotFoundException;
import dev.holdfast.lock.LockTableSchemaException;
import dev.holdfast.lock.LockTableUnreachableException;
import dev.holdfast.lock.LockThrottledException;
import dev.holdfast.lock.dynamodb.DynamoDbLockClient;
import dev.holdfast.testkit.Fault;
import dev.holdfast.testkit.ManualClock;
import dev.holdfast.testkit.SimulatedTable;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests the messages for an unusable table: the cause, the allowed value, and a remedy. */
class TableErrorsTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final String NAME = "order-42";

  private final ManualClock time = ManualClock.at(NOON);
  private final SimulatedTable table = SimulatedTable.named("locks", time);
  private final LockClient lockClient =
      DynamoDbLockClient.create(table, "locks").withTimeSource(time);

  @Test
  void missingTable_namesTable_andWhatToCheck() {
    LockClient misspelledTable = DynamoDbLockClient.create(table, "lokcs").withTimeSource(time);

    assertThatThrownBy(() -> misspelledTable.tryAcquire(NAME))
        .isInstanceOf(LockTableNotFoundException.class)
        .hasMessageContaining("there is no table 'lokcs'")
        .hasMessageContaining("the Region and the account");
  }

  @Test
  void tableWithOtherKey_namesRequiredKey() {
    LockClient otherKey = DynamoDbLockClient.create(SimulatedTable.withKey("locks", "id"), "locks");

    assertThatThrownBy(() -> otherKey.tryAcquire(NAME))
        .isInstanceOf(LockTableSchemaException.class)
        .hasMessageContaining("partition key must be 'resource_id' of type String")
        .hasMessageContaining("without a sort key");
  }

  @Test
  void acquire_whenDenied_namesPutItemAndTable_andIsNotRetried() {
    table.faults().always(Fault.DENIED);

    assertThatThrownBy(() -> lockClient.acquire(NAME))
        .isInstanceOf(LockAccessDeniedException.class)
        .hasMessageContaining("no permission for dynamodb:PutItem on table 'locks'")
        .hasMessageContaining("grant dynamodb:PutItem and dynamodb:DeleteItem");

    assertThat(table.faults().injectedCount(Fault.DENIED)).isEqualTo(1);
    assertThat(time.wallTime()).isEqualTo(NOON);
  }

  @Test
  void release_whenDenied_namesDeleteItem_andCanBeRepeated() {
    HeldLock lock = acquire();
    table.faults().nextDenied();

    assertThatThrownBy(lock::release)
        .isInstanceOf(LockAccessDeniedException.class)
        .hasMessageContaining("no permission for dynamodb:DeleteItem on table 'locks'");

    lock.release();
    assertThat(table.rows()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"THROTTLED", "THROUGHPUT_EXCEEDED"})
  void acquire_throttledBeyondMaxWait_failsAsThrottled(Fault fault) {
    table.faults().always(fault);

    assertThatThrownBy(() -> lockClient.acquire(LockRequest.of(NAME).maxWait(ofSeconds(5))))
        .isInstanceOf(LockThrottledException.class)
        .hasMessageContaining("table 'locks' limits the rate of writes");

    assertThat(Duration.between(NOON, time.wallTime())).isEqualTo(ofSeconds(5));
    assertThat(table.faults().injectedCount(fault)).isBetween(10, 40);
  }

  @Test
  void acquire_throttledForAWhile_succeeds() throws InterruptedException {
    table.faults().always(Fault.THROTTLED);
    time.runAfter(ofSeconds(2), () -> table.faults().clear());

    try (HeldLock lock = lockClient.acquire(LockRequest.of(NAME).maxWait(ofSeconds(5)))) {
      assertThat(lock.isHeld()).isTrue();
    }
  }

  @Test
  void acquire_whenUnreachable_saysWhatToCheck_andSendsNoRelease() {
    table.faults().always(Fault.UNREACHABLE);

    assertThatThrownBy(() -> lockClient.tryAcquire(NAME))
        .isInstanceOf(LockTableUnreachableException.class)
        .hasMessageContaining("no answer from table 'locks'")
        .hasMessageContaining("check the network, the endpoint and the Region")
        .hasMessageContaining("Connection refused");

    assertThat(table.counts().puts()).isZero();
    assertThat(table.faults().injectedCount(Fault.UNREACHABLE)).isEqualTo(2);
  }

  @Test
  void acquire_unreachableForAWhile_succeeds() throws InterruptedException {
    table.faults().always(Fault.UNREACHABLE);
    time.runAfter(ofSeconds(2), () -> table.faults().clear());

    try (HeldLock lock = lockClient.acquire(LockRequest.of(NAME).maxWait(ofSeconds(5)))) {
      assertThat(lock.isHeld()).isTrue();
    }
  }

  @Test
  void acquire_ofTooLargeRow_namesSizeLimit() {
    LockRequest huge = LockRequest.of(NAME).event("x".repeat(400 * 1024));

    assertThatThrownBy(() -> lockClient.tryAcquire(huge))
        .isInstanceOf(LockRowTooLargeException.class)
        .hasMessageContaining("400 KB")
        .hasMessageContaining("shorten the event's id");
    assertThat(table.rows()).isEmpty();
  }

  @Test
  void tableErrors_haveCommonSupertype() {
    table.faults().nextThrottled().nextDenied();

    assertThatThrownBy(() -> lockClient.tryAcquire(NAME)).isInstanceOf(LockTableException.class);
    assertThatThrownBy(() -> lockClient.tryAcquire(NAME)).isInstanceOf(LockTableException.class);
  }

  private HeldLock acquire() {
    return ((Acquisition.Acquired) lockClient.tryAcquire(NAME)).lock();
  }
}
