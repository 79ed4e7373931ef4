package dev.holdfast.lock.protocol;

import static dev.holdfast.lock.protocol.Timeline.nanos;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ContentionTest {
  private final Timeline t = Timeline.waiting(Timeline.BOUNDED, 60_000);

  private Timeline waitersAreTold(long waitMillis) {
    return t.start().passes(10).refusedBy(heldFor(waitMillis));
  }

  private LockRow heldFor(long waitMillis) {
    LockRow row = t.others(RowState.HELD, "theirs", 0);
    return new LockRow(
        row.name(), row.state(), row.stamp(), row.term(), row.claimant(), waitMillis);
  }

  @Test
  void row_thatTellsOfWaits_setsThePace() {
    assertThat(waitersAreTold(900).paused().nanos()).isEqualTo(nanos(100));
  }

  @Test
  void row_thatTellsNothing_doesNotReplaceWhatIsKnown() {
    waitersAreTold(900).wakes().refusedBy(t.others(RowState.HELD, "theirs", 0));
    assertThat(t.paused().nanos()).isEqualTo(nanos(100));
  }

  @Test
  void waitOfNothing_speedsUpToFiveMillisAndTwoRoundTrips() {
    assertThat(waitersAreTold(0).paused().nanos()).isEqualTo(nanos(20));
  }

  @Test
  void absurdWait_slowsDownToTheLease_andNoFurther() {
    Timeline patient = Timeline.waiting(Timeline.UNSYNCHRONIZED, 60_000);
    LockRow row = patient.othersUnsynchronized("theirs", 0);
    LockRow absurd =
        new LockRow(
            row.name(), row.state(), row.stamp(), row.term(), row.claimant(), Long.MAX_VALUE);
    assertThat(patient.start().refusedBy(absurd).paused().nanos())
        .isEqualTo(nanos(Timeline.LEASE_MILLIS));
  }

  @Test
  void winnerThatWaited_addsItsWaitToTheAverage() {
    waitersAreTold(800).passes(790).wakes();
    long waited = TimeUnit.NANOSECONDS.toMillis(t.sent().next().sampled().monotonicNanos() - 5);
    assertThat(t.body().waitMillis()).isEqualTo(800 + (waited - 800) / 8);
  }

  @Test
  void firstWinnerThatWaited_tellsItsWait() {
    t.start().passes(10).refusedBy(t.others(RowState.HELD, "theirs", 0)).passes(500).wakes();
    assertThat(t.body().waitMillis()).isBetween(510L, 540L);
  }

  @Test
  void winnerThatDidNotWait_tellsWhatItKnows_whileThatIsFresh() {
    Memory known = Memory.EMPTY.after(new Reply.Refused(heldFor(900)), t.now());
    assertThat(t.knowing(known).passes(1_800).start().body().waitMillis()).isEqualTo(900);
  }

  @Test
  void whatIsKnown_goesStale_afterTwiceTheWait() {
    Memory known = Memory.EMPTY.after(new Reply.Refused(heldFor(900)), t.now());
    assertThat(t.knowing(known).passes(1_801).start().body().waitMillis()).isNull();
  }

  @Test
  void whatWasLearntBeforeASnapshot_isStale_whereTheClockBeganAnew() {
    Contention learnt = new Contention(900, nanos(500_000));
    assertThat(learnt.isFresh(new ClockReading(t.now().wallMicros(), 0))).isFalse();
  }

  @Test
  void throttledTries_tellNothingOfWaiting() {
    t.start().fails(Reply.Fault.THROTTLED).passes(5_000).wakes();
    assertThat(t.body().waitMillis()).isNull();
  }

  @Test
  void rowThatIsNotHeld_tellsNothing() {
    LockRow row = heldFor(900);
    LockRow free =
        new LockRow(row.name(), RowState.FREE, row.stamp(), row.term(), row.claimant(), 900L);
    Memory known = Memory.EMPTY.after(new Reply.Refused(free), t.now());
    assertThat(known.contention()).isNull();
  }

  @Test
  void renewal_keepsTheHint_andTheReleaseDropsIt() {
    Memory known = Memory.EMPTY.after(new Reply.Refused(heldFor(900)), t.now());
    Hold hold = t.knowing(known).start().applied().granted();
    assertThat(hold.renewing(t.now(), Timeline.LEASE_MILLIS).row().waitMillis()).isEqualTo(900);
    assertThat(hold.release(t.now(), true).row().waitMillis()).isNull();
    assertThat(hold.completion(t.now(), 5_000, null).row().waitMillis()).isNull();
  }

  @Test
  void negativeWait_isRefused() {
    assertThatThrownBy(() -> new Contention(-1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a wait must not be negative, got -1 ms");
  }

  @Test
  void waitAboveADay_countsAsADay() {
    assertThat(new Contention(Long.MAX_VALUE, 0).waitMillis())
        .isEqualTo(Contention.WAIT_MILLIS_MAX);
  }
}
