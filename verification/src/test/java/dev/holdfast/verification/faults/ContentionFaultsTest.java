package dev.holdfast.verification.faults;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.HeldMultiLock;
import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.LockContentionException;
import dev.holdfast.lock.LockEvent;
import dev.holdfast.lock.LockListener;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.MultiLockRequest;
import dev.holdfast.lock.ReleaseOutcome;
import dev.holdfast.lock.dynamodb.DynamoDbLockClient;
import dev.holdfast.testkit.Fault;
import dev.holdfast.testkit.ManualClock;
import dev.holdfast.testkit.SimulatedTable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Writes that DynamoDB refuses because a transaction or another Region changes the same row. */
class ContentionFaultsTest {
  private final ManualClock time = ManualClock.at(Instant.parse("2040-01-01T12:00:00Z"));
  private final SimulatedTable table = SimulatedTable.named("locks", time);
  private final List<LockEvent.Contention> events = new ArrayList<>();
  private final LockClient lockClient =
      DynamoDbLockClient.create(table, "locks")
          .withTimeSource(time)
          .withLeaseDuration(ofSeconds(10))
          .withMaxWait(ofSeconds(5))
          .withListener(
              new LockListener() {
                @Override
                public void onContention(LockEvent.Contention event) {
                  events.add(event);
                }
              });

  private HeldLock acquire(String name) {
    return ((Acquisition.Acquired) lockClient.tryAcquire(name)).lock();
  }

  private void inject(Fault fault, int times) {
    for (int i = 0; i < times; i++) {
      table.faults().next(fault);
    }
  }

  private Duration elapsed() {
    return Duration.between(Instant.parse("2040-01-01T12:00:00Z"), time.wallTime());
  }

  @ParameterizedTest
  @EnumSource(names = {"TRANSACTION_CONFLICT", "REPLICATED_WRITE_CONFLICT"})
  void acquire_afterContention_isRetried(Fault fault) throws InterruptedException {
    inject(fault, 3);
    HeldLock lock = lockClient.acquire("a");
    assertThat(elapsed()).isBetween(ofMillis(80), ofMillis(400));
    assertThat(events).extracting(LockEvent.Contention::attempt).containsExactly(1, 2, 3);
    lock.close();
    assertThat(table.rows()).as("the lock was never in doubt, so its row is deleted").isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"TRANSACTION_CONFLICT", "REPLICATED_WRITE_CONFLICT"})
  void acquire_inLastingContention_failsAtItsDeadline_withABoundedNumberOfRequests(Fault fault) {
    table.faults().always(fault);
    assertThatThrownBy(() -> lockClient.acquire("a"))
        .isInstanceOf(LockContentionException.class)
        .hasMessageContaining("another request was changing the same row");
    assertThat(elapsed()).isEqualTo(ofSeconds(5));
    assertThat(table.faults().injectedCount(fault)).isBetween(12, 30);
  }

  @ParameterizedTest
  @EnumSource(names = {"TRANSACTION_CONFLICT", "REPLICATED_WRITE_CONFLICT"})
  void tryAcquire_inContention_sendsOneRequest(Fault fault) {
    table.faults().always(fault);
    assertThatThrownBy(() -> lockClient.tryAcquire("a"))
        .isInstanceOf(LockContentionException.class);
    assertThat(table.faults().injectedCount(fault)).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(names = {"TRANSACTION_CONFLICT", "REPLICATED_WRITE_CONFLICT"})
  void permits_andSeveralLocks_areRetried(Fault fault) throws InterruptedException {
    inject(fault, 2);
    lockClient.acquire(LockRequest.of("a").permits(2)).close();
    inject(fault, 2);
    table.faults().nextPasses();
    inject(fault, 2);
    HeldMultiLock locks = lockClient.acquireAll(MultiLockRequest.of("b", "c"));
    inject(fault, 3);
    assertThat(locks.release()).isEqualTo(ReleaseOutcome.RELEASED);
    assertThat(table.faults().injectedCount(fault)).isEqualTo(9);
  }

  @ParameterizedTest
  @EnumSource(names = {"TRANSACTION_CONFLICT", "REPLICATED_WRITE_CONFLICT"})
  void renewal_isRetriedForHalfOfTheRemainingValidity(Fault fault) {
    HeldLock lock = acquire("a");
    inject(fault, 4);
    lock.renew();
    assertThat(lock.remaining()).isGreaterThan(ofSeconds(9));

    table.faults().always(fault);
    Duration before = elapsed();
    assertThatThrownBy(lock::renew).isInstanceOf(LockContentionException.class);
    assertThat(elapsed().minus(before)).isBetween(ofSeconds(4), ofSeconds(5));
    assertThat(lock.isHeld()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"TRANSACTION_CONFLICT", "REPLICATED_WRITE_CONFLICT"})
  void releaseAndCompletion_areRetriedUntilTheLeaseEnds(Fault fault) {
    HeldLock released = acquire("a");
    HeldLock completed = acquire("b");
    inject(fault, 6);
    assertThat(released.release()).isEqualTo(ReleaseOutcome.RELEASED);
    inject(fault, 6);
    completed.complete(ofSeconds(60));
    assertThat(events).hasSize(12);

    HeldLock blocked = acquire("c");
    table.faults().always(fault);
    Duration before = elapsed();
    assertThatThrownBy(() -> blocked.complete(ofSeconds(60)))
        .isInstanceOf(LockContentionException.class);
    assertThat(elapsed().minus(before)).isBetween(ofSeconds(9), ofSeconds(10));
    assertThat(table.faults().injectedCount(fault)).isLessThan(80);
  }

  @ParameterizedTest
  @EnumSource(names = {"TRANSACTION_CONFLICT", "REPLICATED_WRITE_CONFLICT"})
  void resume_isRetried(Fault fault) {
    String transfer = acquire("a").transfer();
    inject(fault, 3);
    assertThat(lockClient.resume(transfer).isHeld()).isTrue();
    assertThat(events).hasSize(3);
  }

  @ParameterizedTest
  @EnumSource(names = {"TRANSACTION_CONFLICT", "REPLICATED_WRITE_CONFLICT"})
  void release_withARequestDeadline_isGivenUpInTime(Fault fault) {
    LockRequest request = LockRequest.of("a").requestDeadline(ofSeconds(3));
    HeldLock lock = ((Acquisition.Acquired) lockClient.tryAcquire(request)).lock();
    table.faults().always(fault);
    assertThatThrownBy(lock::release).isInstanceOf(LockContentionException.class);
    assertThat(elapsed()).isBetween(ofSeconds(2), ofSeconds(3));
    table.faults().clear();
    assertThat(lock.release()).isEqualTo(ReleaseOutcome.RELEASED);
    assertThat(events).isNotEmpty().allMatch(event -> event.backoff().compareTo(ZERO) > 0);
  }
}
