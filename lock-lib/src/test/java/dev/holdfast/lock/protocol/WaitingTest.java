package dev.holdfast.lock.protocol;

import static dev.holdfast.lock.protocol.Timeline.nanos;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WaitingTest {
  private static final long FAR = Long.MAX_VALUE;

  @Test
  void pausesOfAWaiterWhoLearntNothing_double() {
    Timeline t = Timeline.waiting(Timeline.BOUNDED, 60_000).start();
    LockRow row = t.others(RowState.HELD, "theirs", 0);
    long first = t.refusedBy(row).paused().nanos();
    long second = t.wakes().refusedBy(row).paused().nanos();
    long third = t.wakes().refusedBy(row).paused().nanos();
    assertThat(second).isEqualTo(2 * first);
    assertThat(third).isEqualTo(4 * first);
  }

  @Test
  void intervals_doubleUpToABound() {
    assertThat(Waiting.doubled(1, 1)).isEqualTo(nanos(25));
    assertThat(Waiting.doubled(2, 1)).isEqualTo(nanos(50));
    assertThat(Waiting.doubled(5, 1)).isEqualTo(nanos(400));
    assertThat(Waiting.doubled(1_000_000, 1)).isEqualTo(nanos(400));
  }

  @Test
  void jitter_shortensDownToHalf() {
    assertThat(Waiting.doubled(3, 0)).isEqualTo(nanos(50));
    assertThat(Waiting.doubled(3, 0.5)).isEqualTo(nanos(75));
  }

  @Test
  void share_isANinthOfTheWinnersWait_halfMoreOrLess() {
    assertThat(Waiting.share(nanos(900), 0, 0)).isEqualTo(nanos(50));
    assertThat(Waiting.share(nanos(900), 0, 0.5)).isEqualTo(nanos(100));
    assertThat(Waiting.share(nanos(900), 0, 1)).isEqualTo(nanos(150));
  }

  @Test
  void whoHasWaitedLongerThanWinners_goesByItsOwnWait() {
    assertThat(Waiting.share(nanos(900), nanos(899), 0.5)).isEqualTo(nanos(100));
    assertThat(Waiting.share(nanos(900), nanos(1_800), 0.5)).isEqualTo(nanos(200));
    assertThat(Waiting.share(nanos(900), nanos(2_700), 0.5)).isEqualTo(nanos(300));
  }

  @Test
  void whoHasWaitedThreeTimesAsLong_isOutOfLuck() {
    assertThat(Waiting.share(nanos(900), nanos(2_704), 0.5)).isEqualTo(nanos(100));
  }

  @Test
  void longestWaits_doNotOverflow() {
    long day = nanos(86_400_000);
    assertThat(Waiting.share(day, 2 * day, 1)).isEqualTo(day / 3);
  }

  @Test
  void interval_isAtLeastTwoRoundTripsAnd5Millis() {
    assertThat(Waiting.clamped(0, nanos(1), 10_000)).isEqualTo(nanos(5));
    assertThat(Waiting.clamped(0, nanos(30), 10_000)).isEqualTo(nanos(60));
    assertThat(Waiting.clamped(nanos(61), nanos(30), 10_000)).isEqualTo(nanos(61));
  }

  @Test
  void interval_isAtMostTheLeaseAnd60Seconds() {
    assertThat(Waiting.clamped(FAR, 0, 10_000)).isEqualTo(nanos(10_000));
    assertThat(Waiting.clamped(FAR, 0, 900_000)).isEqualTo(nanos(60_000));
    assertThat(Waiting.clamped(0, nanos(9_000), 10_000)).isEqualTo(nanos(10_000));
  }

  @Test
  void pause_neverReachesPastTheTakeOver() {
    assertThat(Waiting.cut(nanos(400), nanos(7), FAR)).isEqualTo(nanos(7));
  }

  @Test
  void pause_beforeATakeOverThatIsDue_stillLeavesTheTableAMillisecond() {
    assertThat(Waiting.cut(nanos(400), -nanos(9), FAR)).isEqualTo(nanos(1));
  }

  @Test
  void pause_neverReachesPastTheDeadline() {
    assertThat(Waiting.cut(nanos(400), FAR, nanos(3))).isEqualTo(nanos(3));
    assertThat(Waiting.cut(nanos(400), nanos(7), 10)).isEqualTo(10);
    assertThat(Waiting.cut(nanos(400), FAR, -1)).isZero();
  }
}
