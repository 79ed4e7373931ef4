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

class ManualTimeTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private final ManualTime time = ManualTime.at(NOON);

  @AfterEach
  void forgetInterrupt() {
    Thread.interrupted();
  }

  @Test
  void advance_movesBothClocks() {
    time.advance(ofMillis(1_500));

    assertThat(time.wall()).isEqualTo(NOON.plusMillis(1_500));
    assertThat(time.monotonicNanos()).isEqualTo(1_500_000_000L);
  }

  @Test
  void advance_backwards_isRefused() {
    assertThatThrownBy(() -> time.advance(ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got PT-1S");
  }

  @Test
  void jumpWall_leavesTheMonotonicClock() {
    time.jumpWall(ofSeconds(-30));

    assertThat(time.wall()).isEqualTo(NOON.minusSeconds(30));
    assertThat(time.monotonicNanos()).isZero();
  }

  @Test
  void frozen_onlyTheWallMoves_untilThawed() {
    time.freezeMonotonic();
    time.advance(ofSeconds(5));
    time.thawMonotonic();
    time.advance(ofSeconds(1));

    assertThat(time.wall()).isEqualTo(NOON.plusSeconds(6));
    assertThat(time.monotonicNanos()).isEqualTo(1_000_000_000L);
  }

  @Test
  void sleep_movesTheClocksAtOnce() throws InterruptedException {
    time.sleep(ofSeconds(2));

    assertThat(time.wall()).isEqualTo(NOON.plusSeconds(2));
  }

  @Test
  void sleep_ofAnInterruptedThread_throws_andMovesNothing() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> time.sleep(ofSeconds(2))).isInstanceOf(InterruptedException.class);
    assertThat(time.wall()).isEqualTo(NOON);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void sleep_ofAThreadThatIsInterruptedMeanwhile_throws() {
    Thread sleeper = Thread.currentThread();
    time.after(ofSeconds(1), sleeper::interrupt);

    assertThatThrownBy(() -> time.sleep(ofSeconds(2))).isInstanceOf(InterruptedException.class);
  }

  @Test
  void plannedEvents_happenInOrder_eachAtItsTime_alsoWithinASleep() throws InterruptedException {
    List<String> seen = new ArrayList<>();
    time.after(ofSeconds(2), () -> seen.add("second at " + time.wall()));
    time.after(ofSeconds(1), () -> seen.add("first at " + time.wall()));
    time.after(ofSeconds(9), () -> seen.add("too late"));

    time.sleep(ofSeconds(3));

    assertThat(seen)
        .containsExactly("first at 2026-03-01T12:00:01Z", "second at 2026-03-01T12:00:02Z");
    assertThat(time.wall()).isEqualTo(NOON.plusSeconds(3));
  }

  @Test
  void plannedEvent_thatTakesTime_delaysNothingTwice() {
    time.after(ofSeconds(1), () -> time.advance(ofSeconds(4)));

    time.advance(ofSeconds(2));

    assertThat(time.wall()).isEqualTo(NOON.plusSeconds(5));
    assertThat(time.monotonicNanos()).isEqualTo(5_000_000_000L);
  }

  @Test
  void blockingSleeper_wakesWhenTheClockHasMovedFarEnough() {
    var blocking = time.blockingSleepers();
    var sleeper = CompletableFuture.runAsync(() -> sleep(blocking));
    await().atMost(ofSeconds(30)).until(() -> blocking.sleepers() == 1);

    blocking.advance(ofMillis(1_999));
    assertThat(blocking.sleepers()).isEqualTo(1);

    blocking.advance(ofMillis(1));
    assertThat(blocking.sleepers()).as("it is to wake, whether it did so yet or not").isZero();
    assertThat(sleeper).succeedsWithin(ofSeconds(30));
    assertThat(blocking.sleepers()).isZero();
  }

  @Test
  void blockingSleeper_thatIsInterrupted_isCountedNoMore() {
    var blocking = time.blockingSleepers();
    var thread = new AtomicReference<Thread>();
    var sleeper =
        CompletableFuture.runAsync(
            () -> {
              thread.set(Thread.currentThread());
              sleep(blocking);
            });
    await().atMost(ofSeconds(30)).until(() -> blocking.sleepers() == 1);

    thread.get().interrupt();

    assertThat(blocking.sleepers()).isZero();
    assertThat(sleeper).failsWithin(ofSeconds(30));
  }

  private static void sleep(ManualTime time) {
    try {
      time.sleep(ofSeconds(2));
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts this sleeper", e);
    }
  }
}
