package dev.holdfast.testkit.listener;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockClockException;
import dev.holdfast.lock.LockEvent;
import dev.holdfast.lock.LockEvent.ClockOff;
import dev.holdfast.lock.LockEvent.Lost;
import dev.holdfast.lock.LockEvent.Refused;
import dev.holdfast.lock.Locks;
import dev.holdfast.lock.Loss;
import dev.holdfast.lock.dynamodb.DynamoDbLocks;
import dev.holdfast.testkit.ManualTime;
import dev.holdfast.testkit.SimulatedTable;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** That a host's clock is off is told when it is found, and not at each look. */
class ClockOffTest {
  private static final Instant NOON = Instant.parse("2040-01-01T12:00:00.700Z");

  private final ManualTime server = ManualTime.at(NOON);
  private final SimulatedTable table = SimulatedTable.named("locks").dating(server);
  private final Locks right = DynamoDbLocks.on(table, "locks").withTime(server);
  private final ManualTime time = ManualTime.at(NOON);
  private final Recorded told = Recorded.quietly();
  private final Locks locks = DynamoDbLocks.on(table, "locks").withTime(time).withListener(told);

  private void passes(Duration duration) {
    server.advance(duration);
    time.advance(duration);
  }

  @Test
  void clockThatIsBehind_isToldOnce_howeverOftenItIsMet() {
    time.jumpWall(ofSeconds(-5));
    for (int attempt = 1; attempt <= 3; attempt++) {
      assertThatThrownBy(() -> locks.tryAcquire("a")).isInstanceOf(LockClockException.class);
    }
    // The header is 0.7 s old, may be rounded by 0.5 s, and what it says ages by 1 ms.
    assertThat(told.events()).containsExactly(new ClockOff("a", ofMillis(-5_000 + 700 + 500 + 1)));
  }

  @Test
  void clockThatWasSetRight_isTrusted_andToldAgainWhenItIsOffAgain() {
    time.jumpWall(ofSeconds(30));
    assertThatThrownBy(() -> locks.tryAcquire("a")).isInstanceOf(LockClockException.class);
    time.jumpWall(ofSeconds(-30));
    passes(ofSeconds(5));
    assertThat(locks.tryAcquire("a")).isInstanceOf(Acquisition.Acquired.class);
    time.jumpWall(ofSeconds(30));
    assertThatThrownBy(() -> locks.tryAcquire("b")).isInstanceOf(LockClockException.class);
    assertThat(told.events().stream().filter(ClockOff.class::isInstance).map(LockEvent::name))
        .containsExactly("a", "b");
  }

  @Test
  void busyAnswer_showsIt_beforeALockIsAskedForInVain() {
    right.tryAcquire("a");
    time.jumpWall(ofSeconds(-5));
    locks.tryAcquire("a");
    assertThat(told.events()).hasSize(2).first().isInstanceOf(ClockOff.class);
    assertThat(told.events().get(1)).isInstanceOf(Refused.class);
  }

  @Test
  void holderWhoseClockFellBehind_isTold_thenThatItsLockIsLost() {
    HeldLock lock = ((Acquisition.Acquired) locks.tryAcquire("a")).lock();
    told.taken();
    time.jumpWall(ofSeconds(-5));
    locks.tryAcquire("a");
    told.taken();
    assertThat(lock.isHeld()).isFalse();
    assertThat(told.taken()).containsExactly(new Lost("a", Loss.Reason.CLOCK_BEHIND));
  }
}
