package dev.holdfast.lock.internal.protocol;

import static dev.holdfast.lock.internal.protocol.Timeline.LEASE_MILLIS;
import static dev.holdfast.lock.internal.protocol.Timeline.nanos;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HoldTest {
  private final Timeline t = Timeline.tryAcquire().start().applied();
  private final Hold hold = t.acquiredHold();

  @Test
  void validity_isTheLeaseMinusDrift() {
    assertThat(hold.remainingNanos(t.now())).isEqualTo(nanos(9_990));
    assertThat(hold.remainingNanos(t.advance(9_990).now())).isZero();
  }

  @Test
  void validity_endsByTheWallClock_whileTheMonotonicClockStandsStill() {
    assertThat(hold.remainingNanos(t.jumpWallClock(LEASE_MILLIS).now())).isNegative();
  }

  @Test
  void validity_endsByTheMonotonicClock_afterTheWallClockWasSetBack() {
    t.advance(LEASE_MILLIS).jumpWallClock(-LEASE_MILLIS * 3);
    assertThat(hold.remainingNanos(t.now())).isNegative();
  }

  @Test
  void validity_endsWhenTheWallClockJumpsToTheMaximum() {
    ClockReading maximum = new ClockReading(Long.MAX_VALUE, t.now().monotonicNanos());
    assertThat(hold.remainingNanos(maximum)).isNegative();
  }

  @Test
  void renewal_keepsNonceAndToken_andIncrementsTheVersion() {
    Hold renewing = hold.withPendingRenewal(t.advance(1_000).now(), LEASE_MILLIS);
    assertThat(renewing.row().version())
        .isEqualTo(new RowVersion("mine-1", hold.row().version().token(), 1));
    assertThat(renewing.withPendingRenewal(t.now(), LEASE_MILLIS).row().version().renewals())
        .isEqualTo(2);
  }

  @Test
  void renewal_extendsExpiryToAFullLeaseFromNow_andNeverShortensIt() {
    ClockReading later = t.advance(4_000).now();
    assertThat(hold.withPendingRenewal(later, LEASE_MILLIS).row().leaseTerm().expiresAtMillis())
        .isEqualTo(later.wallMillis() + LEASE_MILLIS);
    assertThat(hold.withPendingRenewal(later, 1_000).row().leaseTerm().expiresAtMillis())
        .isEqualTo(hold.row().leaseTerm().expiresAtMillis());
  }

  @Test
  void renewal_applied_isValidFromBeforeItsRequest() {
    Hold renewing = hold.withPendingRenewal(t.advance(4_000).now(), LEASE_MILLIS);
    ClockReading answered = t.advance(1_000).now();
    assertThat(renewed(renewing, applied()).remainingNanos(answered)).isEqualTo(nanos(8_990));
  }

  @Test
  void renewal_inFlight_isValidUntilTheEarlierExpiry() {
    Hold shorter = hold.withPendingRenewal(t.now(), 2_000);
    assertThat(shorter.remainingNanos(t.now())).isEqualTo(nanos(1_998));
    Hold longer = hold.withPendingRenewal(t.advance(1_000).now(), 60_000);
    assertThat(longer.remainingNanos(t.now())).isEqualTo(nanos(8_990));
  }

  @Test
  void renewal_toAShorterLease_keepsTheRowsExpiry() {
    Hold shorter = hold.withPendingRenewal(t.now(), 2_000);
    assertThat(shorter.row().leaseTerm().expiresAtMillis())
        .isEqualTo(hold.row().leaseTerm().expiresAtMillis());
    assertThat(shorter.row().leaseTerm().leaseMillis()).isEqualTo(2_000);
  }

  @Test
  void renewal_rejectedByItsOwnRow_isRenewed() {
    Hold renewing = hold.withPendingRenewal(t.advance(1_000).now(), LEASE_MILLIS);
    Hold renewed = renewed(renewing, new Reply.Rejected(renewing.row()));
    assertThat(renewed.remainingNanos(t.now())).isEqualTo(nanos(9_990));
  }

  @Test
  void renewal_unanswered_isReplacedByTheNextAppliedOne() {
    Hold first = hold.withPendingRenewal(t.advance(1_000).now(), LEASE_MILLIS);
    RenewalResult.Unknown unknown =
        (RenewalResult.Unknown)
            first.afterRenewal(Timeline.failure(Reply.FailureKind.NO_REPLY, true));
    assertThat(unknown.hold().remainingNanos(t.now())).isEqualTo(nanos(8_990));
    Hold second = unknown.hold().withPendingRenewal(t.advance(1_000).now(), LEASE_MILLIS);
    Hold confirmed = renewed(second, applied());
    assertThat(confirmed.remainingNanos(t.now())).isEqualTo(nanos(9_990));
    assertThat(confirmed.unconfirmed()).isEmpty();
  }

  @Test
  void renewal_notApplied_changesNothing() {
    Hold shorter = hold.withPendingRenewal(t.now(), 2_000);
    RenewalResult.Unknown unknown =
        (RenewalResult.Unknown)
            shorter.afterRenewal(Timeline.failure(Reply.FailureKind.THROTTLED, false));
    assertThat(unknown.hold().remainingNanos(t.now())).isEqualTo(nanos(9_990));
  }

  @Test
  void renewal_rejectedByAnotherRow_isLost() {
    Hold renewing = hold.withPendingRenewal(t.now(), LEASE_MILLIS);
    assertLost(renewing, new RowSnapshot.NoRow());
    assertLost(renewing, new RowSnapshot.UnrecognizedRow("its format is 2"));
    assertLost(renewing, t.otherRow(RowState.HELD, "theirs", 0));
    assertLost(renewing, with(renewing.row(), RowState.FREE));
  }

  @Test
  void renewal_rejectedByTheSameNonceWithASmallerToken_isLost() {
    Hold renewing = hold.withPendingRenewal(t.now(), LEASE_MILLIS);
    LockRow smaller = renewing.row().withToken(renewing.row().version().token() - 1);
    assertThat(renewing.adoptingTokenOf(smaller)).isEmpty();
    assertLost(renewing, smaller);
  }

  /** A host with a wrong clock has replaced the row and restored it, as {@link Hold#undo} does. */
  @Test
  void renewal_rejectedByItsRestoredRow_isSentAgainWithTheTokenOfThatRow() {
    LockRow restored = hold.row().withToken(hold.row().version().token() + 7);
    Hold renewing = hold.withPendingRenewal(t.advance(1_000).now(), LEASE_MILLIS);

    Hold adopting = renewing.adoptingTokenOf(restored).orElseThrow();

    RowVersion version = new RowVersion("mine-1", restored.version().token(), 1);
    assertThat(adopting.row().version()).isEqualTo(version);
    assertThat(adopting.row().leaseTerm()).isEqualTo(renewing.row().leaseTerm());
    Hold renewed = renewed(adopting, applied());
    assertThat(renewed.row().version()).isEqualTo(version);
    assertThat(renewed.remainingNanos(t.now())).isEqualTo(nanos(9_990));
    assertThat(renewed.grant().fencingToken()).isEqualTo(hold.row().version().token());
  }

  @Test
  void rejection_byARowThatIsNotTheRestoredOne_isFinal() {
    long larger = hold.row().version().token() + 7;
    assertThat(hold.adoptingTokenOf(new RowSnapshot.NoRow())).isEmpty();
    assertThat(hold.adoptingTokenOf(hold.row())).isEmpty();
    assertThat(hold.adoptingTokenOf(t.otherRow(RowState.HELD, "theirs", 0).withToken(larger)))
        .isEmpty();
    assertThat(hold.adoptingTokenOf(with(hold.row(), RowState.FREE).withToken(larger))).isEmpty();
  }

  @Test
  void release_ofARestoredRow_leavesAMarker_evenIfTheTokenWasNeverExposed() {
    LockRow restored = hold.row().withToken(hold.row().version().token() + 7);
    Hold adopting = hold.adoptingTokenOf(restored).orElseThrow();
    Write marker = adopting.release(t.now(), false);
    assertThat(marker).isInstanceOf(Write.End.class);
    assertThat(marker.row().version()).isEqualTo(restored.version());
  }

  @Test
  void release_ofARowThatIsRestoredAgainAndAgain_isUnknown() {
    Reply restored = new Reply.Rejected(hold.row().withToken(hold.row().version().token() + 7));
    assertThat(hold.afterRelease(restored, true)).isEqualTo(Hold.End.UNKNOWN);
    assertThat(hold.afterCompletion(restored)).isEqualTo(Hold.End.LOST);
  }

  @Test
  void undo_restoresTheReplacedRow_withTheTokenOfTheUndoneAcquire() {
    LockRow replaced = t.otherRow(RowState.HELD, "theirs", 3);
    Write.Restore undone = (Write.Restore) hold.undo(replaced, t.now()).orElseThrow();
    long token = hold.row().version().token();
    assertThat(undone.row()).isEqualTo(replaced.withToken(token));
    assertThat(undone.row().version()).isEqualTo(new RowVersion("theirs", token, 3));
    assertThat(undone.ownVersion()).isEqualTo(hold.row().version());
  }

  @Test
  void undo_ofAHoldWhoseReplacedRowIsUnknown_isImpossible() {
    assertThat(hold.undo(hold.row(), t.now())).isEmpty();
  }

  @Test
  void renewal_rejectedByAVersionNeverSent_isLost() {
    Hold renewing = hold.withPendingRenewal(t.now(), LEASE_MILLIS);
    LockRow row = renewing.row();
    RowVersion unknown = new RowVersion("mine-1", row.version().token(), 99);
    assertLost(
        renewing, new LockRow(row.name(), row.state(), unknown, row.leaseTerm(), row.holderInfo()));
  }

  @Test
  void renewal_rejectedByAnEarlierVersion_leavesTheLaterOneUnconfirmed() {
    Hold first = hold.withPendingRenewal(t.advance(1_000).now(), LEASE_MILLIS);
    Hold second = first.withPendingRenewal(t.advance(1_000).now(), 2_000);
    Hold confirmed = renewed(second, new Reply.Rejected(first.row()));
    assertThat(confirmed.unconfirmed()).extracting(Hold.SentLease::renewals).containsExactly(2L);
    assertThat(confirmed.remainingNanos(t.now())).isEqualTo(nanos(1_998));
  }

  @Test
  void renewal_notApplied_afterAnUnansweredOne_keepsTheUnansweredOne() {
    Hold first = hold.withPendingRenewal(t.advance(1_000).now(), 5_000);
    Hold second = first.withPendingRenewal(t.advance(1_000).now(), 2_000);
    RenewalResult.Unknown unknown =
        (RenewalResult.Unknown)
            second.afterRenewal(Timeline.failure(Reply.FailureKind.THROTTLED, false));
    assertThat(unknown.hold().row().version().renewals()).isEqualTo(1);
    assertThat(unknown.hold().remainingNanos(t.now())).isEqualTo(nanos(3_995));
  }

  @Test
  void undo_ofAHoldThatReplacedAMarker_writesAMarker() {
    Write undone = hold.undo(t.otherRow(RowState.FREE, "theirs", 0), t.now()).orElseThrow();
    assertThat(undone).isInstanceOf(Write.End.class);
    assertThat(undone.row().state()).isEqualTo(RowState.FREE);
    assertThat(undone.row().version()).isEqualTo(hold.row().version());
  }

  private static void assertLost(Hold renewing, RowSnapshot snapshot) {
    assertThat(renewing.afterRenewal(new Reply.Rejected(snapshot)))
        .isInstanceOf(RenewalResult.Lost.class);
  }

  @Test
  void release_deletesTheRow_onlyIfTheTokenWasNeverExposed() {
    assertThat(hold.release(t.now(), false)).isInstanceOf(Write.Delete.class);
    Write marker = hold.release(t.now(), true);
    assertThat(marker).isInstanceOf(Write.End.class);
    assertThat(marker.row().state()).isEqualTo(RowState.FREE);
    assertThat(marker.row().version()).isEqualTo(hold.row().version());
  }

  @Test
  void marker_ttlIsOneDayAfterTheRelease() {
    Write marker = hold.release(t.advance(5_000).now(), true);
    assertThat(marker.row().leaseTerm().ttlSeconds())
        .isEqualTo(t.now().wallMillis() / 1_000 + 24 * 60 * 60);
  }

  @Test
  void release_applied_isReleased_evenAfterExpiry() {
    assertThat(hold.afterRelease(applied(), true)).isEqualTo(Hold.End.RELEASED);
    assertThat(hold.afterRelease(applied(), false)).isEqualTo(Hold.End.RELEASED);
  }

  @Test
  void release_rejectedByItsOwnMarker_isReleased() {
    Reply own = new Reply.Rejected(with(hold.row(), RowState.FREE));
    assertThat(hold.afterRelease(own, false)).isEqualTo(Hold.End.RELEASED);
  }

  @Test
  void release_ofACompletedLock_isCompleted() {
    Reply own = new Reply.Rejected(with(hold.row(), RowState.COMPLETED));
    assertThat(hold.afterRelease(own, true)).isEqualTo(Hold.End.COMPLETED);
  }

  @Test
  void release_rejectedByAnotherRow_isReleasedIfSentWhileValid_elseLost() {
    Reply replaced = new Reply.Rejected(t.otherRow(RowState.HELD, "theirs", 0));
    Reply deleted = new Reply.Rejected(new RowSnapshot.NoRow());
    assertThat(hold.afterRelease(replaced, true)).isEqualTo(Hold.End.RELEASED);
    assertThat(hold.afterRelease(deleted, true)).isEqualTo(Hold.End.RELEASED);
    assertThat(hold.afterRelease(replaced, false)).isEqualTo(Hold.End.LOST);
    assertThat(hold.afterRelease(deleted, false)).isEqualTo(Hold.End.LOST);
  }

  @Test
  void release_unanswered_isUnknown() {
    assertThat(hold.afterRelease(Timeline.failure(Reply.FailureKind.NO_REPLY, true), true))
        .isEqualTo(Hold.End.UNKNOWN);
  }

  @Test
  void completion_expiresAfterTheRetention_fromNow() {
    Write.End completion = hold.completion(t.advance(3_000).now(), 60_000, null);
    assertThat(completion.row().state()).isEqualTo(RowState.COMPLETED);
    assertThat(completion.row().leaseTerm().expiresAtMillis())
        .isEqualTo(t.now().wallMillis() + 60_000);
  }

  @Test
  void wallClockSetBack_shortensNoEndForOthers() {
    ClockReading unset = t.advance(9_000).now();
    ClockReading setBack = t.jumpWallClock(-7_200_000).now();

    long lease = unset.wallMillis() + LEASE_MILLIS;
    assertThat(hold.withPendingRenewal(setBack, LEASE_MILLIS).row().leaseTerm().expiresAtMillis())
        .isEqualTo(lease);
    assertThat(hold.completion(setBack, 60_000, null).row().leaseTerm().expiresAtMillis())
        .isEqualTo(unset.wallMillis() + 60_000);
    assertThat(hold.release(setBack, true).row().leaseTerm().expiresAtMillis())
        .isEqualTo(unset.wallMillis());
  }

  @Test
  void wallClockSetBack_beforeEarlierRenewals_shortensNoLaterLease() {
    t.advance(5_000).jumpWallClock(-3_000);
    Hold renewed = renewed(hold.withPendingRenewal(t.now(), LEASE_MILLIS), applied());
    t.advance(5_000);
    assertThat(renewed.withPendingRenewal(t.now(), LEASE_MILLIS).row().leaseTerm())
        .extracting(LeaseTerm::expiresAtMillis)
        .isEqualTo(t.now().wallMillis() + 3_000 + LEASE_MILLIS);
  }

  @Test
  void wallClockThatGainsOnAFrozenMonotonicClock_decides() {
    t.jumpWallClock(4_000);
    assertThat(hold.completion(t.now(), 60_000, null).row().leaseTerm().expiresAtMillis())
        .isEqualTo(t.now().wallMillis() + 60_000);
  }

  /** Reproduces a schedule that granted the lock 0.2 ms before the end of a retention. */
  @Test
  void completion_betweenTwoMilliseconds_isKeptForTheWholeRetention() {
    ClockReading between = new ClockReading(1_800_000_000_000_267L, t.now().monotonicNanos());
    Write.End completion = hold.completion(between, 60_000, null);
    assertThat(completion.row().leaseTerm().expiresAtMillis()).isEqualTo(1_800_000_060_001L);
  }

  @Test
  void completion_reply_decidesTheEnd() {
    assertThat(hold.afterCompletion(applied())).isEqualTo(Hold.End.COMPLETED);
    assertThat(hold.afterCompletion(new Reply.Rejected(with(hold.row(), RowState.COMPLETED))))
        .isEqualTo(Hold.End.COMPLETED);
    assertThat(
            hold.afterCompletion(new Reply.Rejected(t.otherRow(RowState.COMPLETED, "theirs", 0))))
        .isEqualTo(Hold.End.LOST);
    assertThat(hold.afterCompletion(new Reply.Rejected(new RowSnapshot.NoRow())))
        .isEqualTo(Hold.End.LOST);
    assertThat(hold.afterCompletion(Timeline.failure(Reply.FailureKind.NO_REPLY, true)))
        .isEqualTo(Hold.End.UNKNOWN);
  }

  private static Reply applied() {
    return new Reply.Applied(new RowSnapshot.NoRow(), false);
  }

  private static Hold renewed(Hold renewing, Reply reply) {
    RenewalResult renewal = renewing.afterRenewal(reply);
    assertThat(renewal).isInstanceOf(RenewalResult.Renewed.class);
    return ((RenewalResult.Renewed) renewal).hold();
  }

  private static LockRow with(LockRow row, RowState state) {
    return new LockRow(row.name(), state, row.version(), row.leaseTerm(), row.holderInfo());
  }
}
