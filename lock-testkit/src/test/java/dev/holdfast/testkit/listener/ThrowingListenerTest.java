package dev.holdfast.testkit.listener;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockLostException;
import dev.holdfast.lock.Locks;
import dev.holdfast.lock.ReleaseOutcome;
import dev.holdfast.lock.dynamodb.DynamoDbLocks;
import dev.holdfast.testkit.ManualTime;
import dev.holdfast.testkit.OtherHost;
import dev.holdfast.testkit.SimulatedTable;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A listener that throws at each event changes nothing. */
class ThrowingListenerTest {
  private final ManualTime time = ManualTime.at(Instant.parse("2040-01-01T12:00:00Z"));
  private final SimulatedTable table = SimulatedTable.named("locks");
  private final Recorded told = Recorded.thenThrowing();
  private final Locks locks =
      DynamoDbLocks.on(table, "locks").withTime(time).withLease(ofSeconds(10)).withListener(told);

  private HeldLock wins(String name) {
    return ((Acquisition.Acquired) locks.tryAcquire(name)).lock();
  }

  @Test
  void lockIsAcquired_renewed_andReleased() throws InterruptedException {
    try (HeldLock lock = locks.acquire("a")) {
      lock.renew();
      assertThat(lock.isHeld()).isTrue();
    }
    assertThat(table.rows()).isEmpty();
    assertThat(told.events()).hasSize(3);
  }

  @Test
  void lockIsRefused() {
    OtherHost.on(table, time).holds("a");
    assertThat(locks.tryAcquire("a")).isInstanceOf(Acquisition.Busy.class);
    assertThat(told.events()).hasSize(1);
  }

  @Test
  void lockIsTakenOver() {
    OtherHost.on(table, time).holds("a");
    time.advance(ofSeconds(15));
    assertThat(wins("a").isHeld()).isTrue();
    assertThat(told.events()).hasSize(2);
  }

  @Test
  void lostLock_isLost_andReleasedLate() {
    HeldLock lock = wins("a");
    table.delete("a");
    assertThatThrownBy(lock::renew).isInstanceOf(LockLostException.class);
    assertThat(lock.release()).isEqualTo(ReleaseOutcome.LATE);
    assertThat(told.events()).hasSize(3);
  }

  @Test
  void throttledLock_isAcquiredAfterAll() throws InterruptedException {
    table.faults().nextThrottled();
    assertThat(locks.acquire("a").isHeld()).isTrue();
    assertThat(told.events()).hasSize(2);
  }
}
