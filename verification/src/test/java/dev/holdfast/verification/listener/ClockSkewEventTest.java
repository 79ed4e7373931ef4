package dev.holdfast.verification.listener;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.ClockSkewException;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.LockEvent;
import dev.holdfast.lock.LockEvent.ClockSkewExceeded;
import dev.holdfast.lock.LockEvent.Lost;
import dev.holdfast.lock.LockEvent.NotAcquired;
import dev.holdfast.lock.LockLoss;
import dev.holdfast.lock.dynamodb.DynamoDbLockClient;
import dev.holdfast.testkit.ManualClock;
import dev.holdfast.testkit.SimulatedTable;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Tests that clock skew is reported when it is detected, and not at each check. */
class ClockSkewEventTest {
  private static final Instant NOON = Instant.parse("2040-01-01T12:00:00.700Z");

  private final ManualClock server = ManualClock.at(NOON);
  private final SimulatedTable table = SimulatedTable.named("locks").serverTime(server);
  private final LockClient accurateClient =
      DynamoDbLockClient.create(table, "locks").withTimeSource(server);
  private final ManualClock time = ManualClock.at(NOON);
  private final RecordingListener listener = RecordingListener.create();
  private final LockClient lockClient =
      DynamoDbLockClient.create(table, "locks").withTimeSource(time).withListener(listener);

  private void advanceBoth(Duration duration) {
    server.advance(duration);
    time.advance(duration);
  }

  @Test
  void clockBehind_isReportedOnce_overManyAttempts() {
    time.adjustWall(ofSeconds(-5));
    for (int attempt = 1; attempt <= 3; attempt++) {
      assertThatThrownBy(() -> lockClient.tryAcquire("a")).isInstanceOf(ClockSkewException.class);
    }
    // The header is 0.7 s old, may be rounded by 0.5 s, and what it says ages by 1 ms.
    assertThat(listener.events())
        .containsExactly(new ClockSkewExceeded("a", ofMillis(-5_000 + 700 + 500 + 1)));
  }

  @Test
  void correctedClock_isTrusted_andReportedAgainWhenSkewed() {
    time.adjustWall(ofSeconds(30));
    assertThatThrownBy(() -> lockClient.tryAcquire("a")).isInstanceOf(ClockSkewException.class);
    time.adjustWall(ofSeconds(-30));
    advanceBoth(ofSeconds(5));
    assertThat(lockClient.tryAcquire("a")).isInstanceOf(Acquisition.Acquired.class);
    time.adjustWall(ofSeconds(30));
    assertThatThrownBy(() -> lockClient.tryAcquire("b")).isInstanceOf(ClockSkewException.class);
    assertThat(
            listener.events().stream()
                .filter(ClockSkewExceeded.class::isInstance)
                .map(LockEvent::name))
        .containsExactly("a", "b");
  }

  @Test
  void clockBehind_isReported_onBusyReply() {
    accurateClient.tryAcquire("a");
    time.adjustWall(ofSeconds(-5));
    lockClient.tryAcquire("a");
    assertThat(listener.events()).hasSize(2).first().isInstanceOf(ClockSkewExceeded.class);
    assertThat(listener.events().get(1)).isInstanceOf(NotAcquired.class);
  }

  @Test
  void holderWithClockBehind_isNotifiedOfSkew_thenOfLoss() {
    HeldLock lock = ((Acquisition.Acquired) lockClient.tryAcquire("a")).lock();
    listener.drain();
    time.adjustWall(ofSeconds(-5));
    lockClient.tryAcquire("a");
    listener.drain();
    assertThat(lock.isHeld()).isFalse();
    assertThat(listener.drain()).containsExactly(new Lost("a", LockLoss.Reason.CLOCK_BEHIND));
  }
}
