package dev.holdfast.verification.listener;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.LockLostException;
import dev.holdfast.lock.ReleaseOutcome;
import dev.holdfast.lock.dynamodb.DynamoDbLockClient;
import dev.holdfast.testkit.ManualClock;
import dev.holdfast.testkit.OtherHost;
import dev.holdfast.testkit.SimulatedTable;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Tests that a listener that throws at each event has no effect. */
class ThrowingListenerTest {
  private final ManualClock time = ManualClock.at(Instant.parse("2040-01-01T12:00:00Z"));
  private final SimulatedTable table = SimulatedTable.named("locks");
  private final RecordingListener listener = RecordingListener.throwing();
  private final LockClient lockClient =
      DynamoDbLockClient.create(table, "locks")
          .withTimeSource(time)
          .withLeaseDuration(ofSeconds(10))
          .withListener(listener);

  private HeldLock acquire(String name) {
    return ((Acquisition.Acquired) lockClient.tryAcquire(name)).lock();
  }

  @Test
  void throwingListener_doesNotPreventAcquireRenewAndRelease() throws InterruptedException {
    try (HeldLock lock = lockClient.acquire("a")) {
      lock.renew();
      assertThat(lock.isHeld()).isTrue();
    }
    assertThat(table.rows()).isEmpty();
    assertThat(listener.events()).hasSize(3);
  }

  @Test
  void throwingListener_doesNotChangeBusyResult() {
    OtherHost.on(table, time).acquire("a");
    assertThat(lockClient.tryAcquire("a")).isInstanceOf(Acquisition.Busy.class);
    assertThat(listener.events()).hasSize(1);
  }

  @Test
  void throwingListener_doesNotPreventTakeover() {
    OtherHost.on(table, time).acquire("a");
    time.advance(ofSeconds(15));
    assertThat(acquire("a").isHeld()).isTrue();
    assertThat(listener.events()).hasSize(2);
  }

  @Test
  void throwingListener_doesNotChangeLossAndLateRelease() {
    HeldLock lock = acquire("a");
    table.delete("a");
    assertThatThrownBy(lock::renew).isInstanceOf(LockLostException.class);
    assertThat(lock.release()).isEqualTo(ReleaseOutcome.LOCK_LOST);
    assertThat(listener.events()).hasSize(3);
  }

  @Test
  void throwingListener_doesNotPreventRetryAfterThrottling() throws InterruptedException {
    table.faults().nextThrottled();
    assertThat(lockClient.acquire("a").isHeld()).isTrue();
    assertThat(listener.events()).hasSize(2);
  }
}
