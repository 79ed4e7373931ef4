package dev.holdfast.lock.internal.protocol;

import static dev.holdfast.lock.internal.protocol.Timeline.nanos;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ContentionHintTest {
  private final Timeline t = Timeline.waiting(Timeline.BOUNDED, 60_000);

  private Timeline rejectedWithHint(long waitMillis) {
    return t.start().advance(10).rejectedBy(heldRowWithHint(waitMillis));
  }

  private LockRow heldRowWithHint(long waitMillis) {
    LockRow row = t.otherRow(RowState.HELD, "theirs", 0);
    return new LockRow(
        row.name(), row.state(), row.version(), row.leaseTerm(), row.holderInfo(), waitMillis);
  }

  @Test
  void rowWithHint_setsTheInterval() {
    assertThat(rejectedWithHint(900).pauseStep().nanos()).isEqualTo(nanos(100));
  }

  @Test
  void rowWithoutHint_keepsTheKnownHint() {
    rejectedWithHint(900).afterPause().rejectedBy(t.otherRow(RowState.HELD, "theirs", 0));
    assertThat(t.pauseStep().nanos()).isEqualTo(nanos(100));
  }

  @Test
  void hintOfZero_pausesAtLeastFiveMillisAndTwoRoundTrips() {
    assertThat(rejectedWithHint(0).pauseStep().nanos()).isEqualTo(nanos(20));
  }

  @Test
  void hintAboveTheLease_pausesForTheLeaseAtMost() {
    Timeline unsynchronized = Timeline.waiting(Timeline.UNSYNCHRONIZED, 60_000);
    LockRow row = unsynchronized.otherUnsynchronizedRow("theirs", 0);
    LockRow oversized =
        new LockRow(
            row.name(),
            row.state(),
            row.version(),
            row.leaseTerm(),
            row.holderInfo(),
            Long.MAX_VALUE);
    assertThat(unsynchronized.start().rejectedBy(oversized).pauseStep().nanos())
        .isEqualTo(nanos(Timeline.LEASE_MILLIS));
  }

  @Test
  void acquireAfterWaiting_addsItsWaitToTheAverage() {
    rejectedWithHint(800).advance(790).afterPause();
    long waitedMillis =
        TimeUnit.NANOSECONDS.toMillis(t.sendStep().next().validFrom().monotonicNanos() - 5);
    assertThat(t.sentRow().averageWaitMillis()).isEqualTo(800 + (waitedMillis - 800) / 8);
  }

  @Test
  void firstAcquireAfterWaiting_writesItsOwnWait() {
    t.start()
        .advance(10)
        .rejectedBy(t.otherRow(RowState.HELD, "theirs", 0))
        .advance(500)
        .afterPause();
    assertThat(t.sentRow().averageWaitMillis()).isBetween(510L, 540L);
  }

  @Test
  void acquireWithoutWaiting_writesTheKnownHint_whileItIsFresh() {
    KeyObservations observations =
        KeyObservations.EMPTY.afterReply(new Reply.Rejected(heldRowWithHint(900)), t.now());
    assertThat(
            t.withObservations(observations).advance(1_800).start().sentRow().averageWaitMillis())
        .isEqualTo(900);
  }

  @Test
  void hint_isStale_afterTwiceTheWait() {
    KeyObservations observations =
        KeyObservations.EMPTY.afterReply(new Reply.Rejected(heldRowWithHint(900)), t.now());
    assertThat(
            t.withObservations(observations).advance(1_801).start().sentRow().averageWaitMillis())
        .isNull();
  }

  @Test
  void hintFromBeforeASnapshot_isStale_ifTheMonotonicClockRestarted() {
    ContentionHint hint = new ContentionHint(900, nanos(500_000));
    assertThat(hint.isFresh(new ClockReading(t.now().wallMicros(), 0))).isFalse();
  }

  @Test
  void throttledRetries_writeNoHint() {
    t.start().failsWith(Reply.FailureKind.THROTTLED).advance(5_000).afterPause();
    assertThat(t.sentRow().averageWaitMillis()).isNull();
  }

  @Test
  void rowThatIsNotHeld_givesNoHint() {
    LockRow row = heldRowWithHint(900);
    LockRow free =
        new LockRow(
            row.name(), RowState.FREE, row.version(), row.leaseTerm(), row.holderInfo(), 900L);
    KeyObservations observations =
        KeyObservations.EMPTY.afterReply(new Reply.Rejected(free), t.now());
    assertThat(observations.contentionHint()).isNull();
  }

  @Test
  void renewal_keepsTheHint_releaseAndCompletionDropIt() {
    KeyObservations observations =
        KeyObservations.EMPTY.afterReply(new Reply.Rejected(heldRowWithHint(900)), t.now());
    Hold hold = t.withObservations(observations).start().applied().acquiredHold();
    assertThat(hold.withPendingRenewal(t.now(), Timeline.LEASE_MILLIS).row().averageWaitMillis())
        .isEqualTo(900);
    assertThat(hold.release(t.now(), true).row().averageWaitMillis()).isNull();
    assertThat(hold.completion(t.now(), 5_000, null).row().averageWaitMillis()).isNull();
  }

  @Test
  void negativeWait_isRejected() {
    assertThatThrownBy(() -> new ContentionHint(-1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a wait must not be negative, got -1 ms");
  }

  @Test
  void waitAboveOneDay_isClampedToOneDay() {
    assertThat(new ContentionHint(Long.MAX_VALUE, 0).averageWaitMillis())
        .isEqualTo(ContentionHint.MAX_WAIT_MILLIS);
  }
}
