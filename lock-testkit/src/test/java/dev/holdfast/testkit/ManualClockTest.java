package dev.holdfast.testkit;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ManualClockTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private final ManualClock clock = ManualClock.at(NOON);

  @AfterEach
  void clearInterrupt() {
    Thread.interrupted();
  }

  @Test
  void advance_movesBothClocks() {
    clock.advance(ofMillis(1_500));

    assertThat(clock.wallTime()).isEqualTo(NOON.plusMillis(1_500));
    assertThat(clock.monotonicNanos()).isEqualTo(1_500_000_000L);
  }

  @Test
  void advance_byNegativeDuration_throws() {
    assertThatThrownBy(() -> clock.advance(ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got PT-1S");
  }

  @Test
  void adjustWall_doesNotMoveMonotonicClock() {
    clock.adjustWall(ofSeconds(-30));

    assertThat(clock.wallTime()).isEqualTo(NOON.minusSeconds(30));
    assertThat(clock.monotonicNanos()).isZero();
  }

  @Test
  void freezeMonotonic_movesOnlyWallClock_untilResumed() {
    clock.freezeMonotonic();
    clock.advance(ofSeconds(5));
    clock.resumeMonotonic();
    clock.advance(ofSeconds(1));

    assertThat(clock.wallTime()).isEqualTo(NOON.plusSeconds(6));
    assertThat(clock.monotonicNanos()).isEqualTo(1_000_000_000L);
  }

  @Test
  void sleep_movesClocksAtOnce() throws InterruptedException {
    clock.sleep(ofSeconds(2));

    assertThat(clock.wallTime()).isEqualTo(NOON.plusSeconds(2));
  }

  @Test
  void sleep_ofInterruptedThread_throws_andMovesNothing() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> clock.sleep(ofSeconds(2))).isInstanceOf(InterruptedException.class);
    assertThat(clock.wallTime()).isEqualTo(NOON);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void sleep_interruptedMeanwhile_throws() {
    Thread sleeper = Thread.currentThread();
    clock.runAfter(ofSeconds(1), sleeper::interrupt);

    assertThatThrownBy(() -> clock.sleep(ofSeconds(2))).isInstanceOf(InterruptedException.class);
  }

  @Test
  void scheduledEvents_runInOrderAtTheirTimes_duringSleep() throws InterruptedException {
    List<String> events = new ArrayList<>();
    clock.runAfter(ofSeconds(2), () -> events.add("second at " + clock.wallTime()));
    clock.runAfter(ofSeconds(1), () -> events.add("first at " + clock.wallTime()));
    clock.runAfter(ofSeconds(9), () -> events.add("too late"));

    clock.sleep(ofSeconds(3));

    assertThat(events)
        .containsExactly("first at 2026-03-01T12:00:01Z", "second at 2026-03-01T12:00:02Z");
    assertThat(clock.wallTime()).isEqualTo(NOON.plusSeconds(3));
  }

  @Test
  void scheduledEvent_thatAdvancesClock_isNotAdvancedAgain() {
    clock.runAfter(ofSeconds(1), () -> clock.advance(ofSeconds(4)));

    clock.advance(ofSeconds(2));

    assertThat(clock.wallTime()).isEqualTo(NOON.plusSeconds(5));
    assertThat(clock.monotonicNanos()).isEqualTo(5_000_000_000L);
  }

  @Test
  void blockingSleep_endsWhenClockReachesItsEnd() {
    var blocking = clock.withBlockingSleep();
    var sleeper = CompletableFuture.runAsync(() -> sleep(blocking));
    await().atMost(ofSeconds(30)).until(() -> blocking.sleepingThreads() == 1);

    blocking.advance(ofMillis(1_999));
    assertThat(blocking.sleepingThreads()).isEqualTo(1);

    blocking.advance(ofMillis(1));
    assertThat(blocking.sleepingThreads())
        .as("it is to wake, whether it did so yet or not")
        .isZero();
    assertThat(sleeper).succeedsWithin(ofSeconds(30));
    assertThat(blocking.sleepingThreads()).isZero();
  }

  @Test
  void blockingSleep_interrupted_isNotCounted() {
    var blocking = clock.withBlockingSleep();
    var thread = new AtomicReference<Thread>();
    var sleeper =
        CompletableFuture.runAsync(
            () -> {
              thread.set(Thread.currentThread());
              sleep(blocking);
            });
    await().atMost(ofSeconds(30)).until(() -> blocking.sleepingThreads() == 1);

    thread.get().interrupt();

    assertThat(blocking.sleepingThreads()).isZero();
    assertThat(sleeper).failsWithin(ofSeconds(30));
  }

  private static void sleep(ManualClock clock) {
    try {
      clock.sleep(ofSeconds(2));
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts this sleeper", e);
    }
  }
}
