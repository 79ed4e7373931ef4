package dev.holdfast.lock.protocol;

import static dev.holdfast.lock.protocol.Timeline.LEASE_MILLIS;
import static dev.holdfast.lock.protocol.Timeline.nanos;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HoldTest {
  private final Timeline t = Timeline.tryOnce().start().applied();
  private final Hold hold = t.granted();

  @Test
  void validity_isTheLeaseLessDrift() {
    assertThat(hold.remainingNanos(t.now())).isEqualTo(nanos(9_990));
    assertThat(hold.remainingNanos(t.passes(9_990).now())).isZero();
  }

  @Test
  void validity_endsWhenTheWallClockSaysSo_thoughTheMonotonicOneStoodStill() {
    assertThat(hold.remainingNanos(t.wallJumps(LEASE_MILLIS).now())).isNegative();
  }

  @Test
  void validity_endsWhenTheMonotonicClockSaysSo_thoughTheWallWasSetBack() {
    t.passes(LEASE_MILLIS).wallJumps(-LEASE_MILLIS * 3);
    assertThat(hold.remainingNanos(t.now())).isNegative();
  }

  @Test
  void validity_endsWhenTheWallClockIsSetAbsurdlyFarAhead() {
    ClockReading absurd = new ClockReading(Long.MAX_VALUE, t.now().monotonicNanos());
    assertThat(hold.remainingNanos(absurd)).isNegative();
  }

  @Test
  void renewal_keepsNonceAndToken_andCountsTheVersion() {
    Hold renewing = hold.renewing(t.passes(1_000).now(), LEASE_MILLIS);
    assertThat(renewing.row().stamp())
        .isEqualTo(new Stamp("mine-1", hold.row().stamp().token(), 1));
    assertThat(renewing.renewing(t.now(), LEASE_MILLIS).row().stamp().version()).isEqualTo(2);
  }

  @Test
  void renewal_movesTheEndOfTheLease_toAWholeLeaseFromNowOn_butNeverBack() {
    ClockReading later = t.passes(4_000).now();
    assertThat(hold.renewing(later, LEASE_MILLIS).row().term().expiresAtMillis())
        .isEqualTo(later.wallMillis() + LEASE_MILLIS);
    assertThat(hold.renewing(later, 1_000).row().term().expiresAtMillis())
        .isEqualTo(hold.row().term().expiresAtMillis());
  }

  @Test
  void renewal_applied_countsFromBeforeItsRequest() {
    Hold renewing = hold.renewing(t.passes(4_000).now(), LEASE_MILLIS);
    ClockReading answered = t.passes(1_000).now();
    assertThat(renewed(renewing, applied()).remainingNanos(answered)).isEqualTo(nanos(8_990));
  }

  @Test
  void renewal_inFlight_isValidUntilTheSmallerEnd() {
    Hold shorter = hold.renewing(t.now(), 2_000);
    assertThat(shorter.remainingNanos(t.now())).isEqualTo(nanos(1_998));
    Hold longer = hold.renewing(t.passes(1_000).now(), 60_000);
    assertThat(longer.remainingNanos(t.now())).isEqualTo(nanos(8_990));
  }

  @Test
  void renewal_toAShorterLease_neverMovesTheRowsEndBack() {
    Hold shorter = hold.renewing(t.now(), 2_000);
    assertThat(shorter.row().term().expiresAtMillis())
        .isEqualTo(hold.row().term().expiresAtMillis());
    assertThat(shorter.row().term().leaseMillis()).isEqualTo(2_000);
  }

  @Test
  void renewal_refusedByItsOwnRow_isRenewed() {
    Hold renewing = hold.renewing(t.passes(1_000).now(), LEASE_MILLIS);
    Hold renewed = renewed(renewing, new Reply.Refused(renewing.row()));
    assertThat(renewed.remainingNanos(t.now())).isEqualTo(nanos(9_990));
  }

  @Test
  void renewal_unanswered_countsOnceALaterReplyShowsIt() {
    Hold first = hold.renewing(t.passes(1_000).now(), LEASE_MILLIS);
    Renewal.Unknown unknown =
        (Renewal.Unknown) first.renewed(Timeline.failure(Reply.Fault.NO_ANSWER, true));
    assertThat(unknown.hold().remainingNanos(t.now())).isEqualTo(nanos(8_990));
    Hold second = unknown.hold().renewing(t.passes(1_000).now(), LEASE_MILLIS);
    Hold shown = renewed(second, applied());
    assertThat(shown.remainingNanos(t.now())).isEqualTo(nanos(9_990));
    assertThat(shown.unconfirmed()).isEmpty();
  }

  @Test
  void renewal_thatCertainlyDidNotApply_changesNothing() {
    Hold shorter = hold.renewing(t.now(), 2_000);
    Renewal.Unknown unknown =
        (Renewal.Unknown) shorter.renewed(Timeline.failure(Reply.Fault.THROTTLED, false));
    assertThat(unknown.hold().remainingNanos(t.now())).isEqualTo(nanos(9_990));
  }

  @Test
  void renewal_refusedByAnybodyElse_isLost() {
    Hold renewing = hold.renewing(t.now(), LEASE_MILLIS);
    assertLost(renewing, new Seen.NoRow());
    assertLost(renewing, new Seen.ForeignRow("its format is 2"));
    assertLost(renewing, t.others(RowState.HELD, "theirs", 0));
    assertLost(renewing, with(renewing.row(), RowState.FREE));
  }

  @Test
  void renewal_refusedByAnotherTokenUnderMyNonce_isLost() {
    Hold renewing = hold.renewing(t.now(), LEASE_MILLIS);
    LockRow row = renewing.row();
    Stamp redeemed = new Stamp("mine-1", row.stamp().token() + 1, 1);
    assertLost(
        renewing, new LockRow(row.name(), row.state(), redeemed, row.term(), row.claimant()));
  }

  @Test
  void renewal_refusedByAVersionThatWasNeverSent_isLost() {
    Hold renewing = hold.renewing(t.now(), LEASE_MILLIS);
    LockRow row = renewing.row();
    Stamp unknown = new Stamp("mine-1", row.stamp().token(), 99);
    assertLost(renewing, new LockRow(row.name(), row.state(), unknown, row.term(), row.claimant()));
  }

  @Test
  void renewal_shownByAnEarlierVersion_leavesTheLaterOneUnconfirmed() {
    Hold first = hold.renewing(t.passes(1_000).now(), LEASE_MILLIS);
    Hold second = first.renewing(t.passes(1_000).now(), 2_000);
    Hold shown = renewed(second, new Reply.Refused(first.row()));
    assertThat(shown.unconfirmed()).extracting(Hold.Sent::version).containsExactly(2L);
    assertThat(shown.remainingNanos(t.now())).isEqualTo(nanos(1_998));
  }

  @Test
  void renewal_thatCertainlyDidNotApply_afterOneThatMayHave_leavesThatOne() {
    Hold first = hold.renewing(t.passes(1_000).now(), 5_000);
    Hold second = first.renewing(t.passes(1_000).now(), 2_000);
    Renewal.Unknown unknown =
        (Renewal.Unknown) second.renewed(Timeline.failure(Reply.Fault.THROTTLED, false));
    assertThat(unknown.hold().row().stamp().version()).isEqualTo(1);
    assertThat(unknown.hold().remainingNanos(t.now())).isEqualTo(nanos(3_995));
  }

  @Test
  void undo_ofAHoldThatReplacedAMarker_leavesAMarker() {
    Write undone = hold.undo(t.others(RowState.FREE, "theirs", 0), t.now()).orElseThrow();
    assertThat(undone).isInstanceOf(Write.Settle.class);
    assertThat(undone.row().state()).isEqualTo(RowState.FREE);
    assertThat(undone.row().stamp()).isEqualTo(hold.row().stamp());
  }

  private static void assertLost(Hold renewing, Seen seen) {
    assertThat(renewing.renewed(new Reply.Refused(seen))).isInstanceOf(Renewal.Lost.class);
  }

  @Test
  void release_deletesOnlyWhereNobodySawTheToken() {
    assertThat(hold.release(t.now(), false)).isInstanceOf(Write.Forget.class);
    Write marker = hold.release(t.now(), true);
    assertThat(marker).isInstanceOf(Write.Settle.class);
    assertThat(marker.row().state()).isEqualTo(RowState.FREE);
    assertThat(marker.row().stamp()).isEqualTo(hold.row().stamp());
  }

  @Test
  void marker_mayBeDeletedADayAfterItsRelease() {
    Write marker = hold.release(t.passes(5_000).now(), true);
    assertThat(marker.row().term().ttlSeconds())
        .isEqualTo(t.now().wallMillis() / 1_000 + 24 * 60 * 60);
  }

  @Test
  void release_applied_isReleased_howeverLate() {
    assertThat(hold.released(applied(), true)).isEqualTo(Ending.RELEASED);
    assertThat(hold.released(applied(), false)).isEqualTo(Ending.RELEASED);
  }

  @Test
  void release_refusedByItsOwnMarker_isReleased() {
    Reply own = new Reply.Refused(with(hold.row(), RowState.FREE));
    assertThat(hold.released(own, false)).isEqualTo(Ending.RELEASED);
  }

  @Test
  void release_ofACompletedLock_isCompleted() {
    Reply own = new Reply.Refused(with(hold.row(), RowState.DONE));
    assertThat(hold.released(own, true)).isEqualTo(Ending.COMPLETED);
  }

  @Test
  void release_refusedByAnother_isReleasedIfSentWhileValid_elseUnknownWhen() {
    Reply others = new Reply.Refused(t.others(RowState.HELD, "theirs", 0));
    Reply gone = new Reply.Refused(new Seen.NoRow());
    assertThat(hold.released(others, true)).isEqualTo(Ending.RELEASED);
    assertThat(hold.released(gone, true)).isEqualTo(Ending.RELEASED);
    assertThat(hold.released(others, false)).isEqualTo(Ending.LOST);
    assertThat(hold.released(gone, false)).isEqualTo(Ending.LOST);
  }

  @Test
  void release_unanswered_isUnknown() {
    assertThat(hold.released(Timeline.failure(Reply.Fault.NO_ANSWER, true), true))
        .isEqualTo(Ending.UNKNOWN);
  }

  @Test
  void completion_remembersForTheWindow_fromNow() {
    Write.Settle done = hold.completion(t.passes(3_000).now(), 60_000, null);
    assertThat(done.row().state()).isEqualTo(RowState.DONE);
    assertThat(done.row().term().expiresAtMillis()).isEqualTo(t.now().wallMillis() + 60_000);
  }

  /** A random schedule granted the lock again 0.2 ms before the end of such a window. */
  @Test
  void completion_betweenTwoMilliseconds_isRememberedForTheWholeWindow() {
    ClockReading between = new ClockReading(1_800_000_000_000_267L, t.now().monotonicNanos());
    Write.Settle done = hold.completion(between, 60_000, null);
    assertThat(done.row().term().expiresAtMillis()).isEqualTo(1_800_000_060_001L);
  }

  @Test
  void completion_outcomes() {
    assertThat(hold.completed(applied())).isEqualTo(Ending.COMPLETED);
    assertThat(hold.completed(new Reply.Refused(with(hold.row(), RowState.DONE))))
        .isEqualTo(Ending.COMPLETED);
    assertThat(hold.completed(new Reply.Refused(t.others(RowState.DONE, "theirs", 0))))
        .isEqualTo(Ending.LOST);
    assertThat(hold.completed(new Reply.Refused(new Seen.NoRow()))).isEqualTo(Ending.LOST);
    assertThat(hold.completed(Timeline.failure(Reply.Fault.NO_ANSWER, true)))
        .isEqualTo(Ending.UNKNOWN);
  }

  private static Reply applied() {
    return new Reply.Applied(new Seen.NoRow(), false);
  }

  private static Hold renewed(Hold renewing, Reply reply) {
    Renewal renewal = renewing.renewed(reply);
    assertThat(renewal).isInstanceOf(Renewal.Renewed.class);
    return ((Renewal.Renewed) renewal).hold();
  }

  private static LockRow with(LockRow row, RowState state) {
    return new LockRow(row.name(), state, row.stamp(), row.term(), row.claimant());
  }
}
