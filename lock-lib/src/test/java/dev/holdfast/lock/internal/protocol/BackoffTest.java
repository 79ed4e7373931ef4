package dev.holdfast.lock.internal.protocol;

import static dev.holdfast.lock.internal.protocol.Timeline.nanos;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final long UNBOUNDED = Long.MAX_VALUE;

  @Test
  void pauses_withoutHint_double() {
    Timeline t = Timeline.waiting(Timeline.BOUNDED, 60_000).start();
    LockRow row = t.otherRow(RowState.HELD, "theirs", 0);
    long first = t.rejectedBy(row).pauseStep().nanos();
    long second = t.afterPause().rejectedBy(row).pauseStep().nanos();
    long third = t.afterPause().rejectedBy(row).pauseStep().nanos();
    assertThat(second).isEqualTo(2 * first);
    assertThat(third).isEqualTo(4 * first);
  }

  @Test
  void exponentialIntervals_doubleUpToABound() {
    assertThat(Backoff.exponential(1, 1)).isEqualTo(nanos(25));
    assertThat(Backoff.exponential(2, 1)).isEqualTo(nanos(50));
    assertThat(Backoff.exponential(5, 1)).isEqualTo(nanos(400));
    assertThat(Backoff.exponential(1_000_000, 1)).isEqualTo(nanos(400));
  }

  @Test
  void jitter_shortensTheIntervalToHalfAtMost() {
    assertThat(Backoff.exponential(3, 0)).isEqualTo(nanos(50));
    assertThat(Backoff.exponential(3, 0.5)).isEqualTo(nanos(75));
  }

  @Test
  void contendedInterval_isANinthOfTheAverageWait_plusOrMinusHalf() {
    assertThat(Backoff.contended(nanos(900), 0, 0)).isEqualTo(nanos(50));
    assertThat(Backoff.contended(nanos(900), 0, 0.5)).isEqualTo(nanos(100));
    assertThat(Backoff.contended(nanos(900), 0, 1)).isEqualTo(nanos(150));
  }

  @Test
  void contendedInterval_afterWaitingLongerThanTheAverage_usesTheOwnWait() {
    assertThat(Backoff.contended(nanos(900), nanos(899), 0.5)).isEqualTo(nanos(100));
    assertThat(Backoff.contended(nanos(900), nanos(1_800), 0.5)).isEqualTo(nanos(200));
    assertThat(Backoff.contended(nanos(900), nanos(2_700), 0.5)).isEqualTo(nanos(300));
  }

  @Test
  void contendedInterval_afterThreeTimesTheAverage_usesTheAverage() {
    assertThat(Backoff.contended(nanos(900), nanos(2_704), 0.5)).isEqualTo(nanos(100));
  }

  @Test
  void longestWaits_doNotOverflow() {
    long day = nanos(86_400_000);
    assertThat(Backoff.contended(day, 2 * day, 1)).isEqualTo(day / 3);
  }

  @Test
  void interval_isAtLeastTwoRoundTripsAnd5Millis() {
    assertThat(Backoff.clamp(0, nanos(1), 10_000)).isEqualTo(nanos(5));
    assertThat(Backoff.clamp(0, nanos(30), 10_000)).isEqualTo(nanos(60));
    assertThat(Backoff.clamp(nanos(61), nanos(30), 10_000)).isEqualTo(nanos(61));
  }

  @Test
  void interval_isAtMostTheLeaseAnd60Seconds() {
    assertThat(Backoff.clamp(UNBOUNDED, 0, 10_000)).isEqualTo(nanos(10_000));
    assertThat(Backoff.clamp(UNBOUNDED, 0, 900_000)).isEqualTo(nanos(60_000));
    assertThat(Backoff.clamp(0, nanos(9_000), 10_000)).isEqualTo(nanos(10_000));
  }

  @Test
  void pause_neverExceedsTheTakeoverTime() {
    assertThat(Backoff.truncate(nanos(400), nanos(7), UNBOUNDED)).isEqualTo(nanos(7));
  }

  @Test
  void pause_withTakeoverDue_isOneMillisecond() {
    assertThat(Backoff.truncate(nanos(400), -nanos(9), UNBOUNDED)).isEqualTo(nanos(1));
  }

  @Test
  void pause_neverExceedsTheDeadline() {
    assertThat(Backoff.truncate(nanos(400), UNBOUNDED, nanos(3))).isEqualTo(nanos(3));
    assertThat(Backoff.truncate(nanos(400), nanos(7), 10)).isEqualTo(10);
    assertThat(Backoff.truncate(nanos(400), UNBOUNDED, -1)).isZero();
  }
}
