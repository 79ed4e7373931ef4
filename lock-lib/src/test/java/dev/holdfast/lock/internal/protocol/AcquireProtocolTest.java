package dev.holdfast.lock.internal.protocol;

import static dev.holdfast.lock.internal.protocol.Timeline.LEASE_MILLIS;
import static dev.holdfast.lock.internal.protocol.Timeline.SKEW_MILLIS;
import static dev.holdfast.lock.internal.protocol.Timeline.nanos;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class AcquireProtocolTest {

  @Test
  void firstAcquire_usesWallClockMicrosAsToken() {
    Timeline t = Timeline.tryAcquire().start();
    assertThat(t.sentRow().version().token()).isEqualTo(t.now().wallMicros());
    assertThat(t.sentRow().version().renewals()).isZero();
    assertThat(t.sentRow().leaseTerm().expiresAtMillis())
        .isEqualTo(t.now().wallMillis() + LEASE_MILLIS);
  }

  @Test
  void firstAcquire_withUnsynchronizedClocks_hasNoClockTakeover() {
    assertThat(Timeline.tryAcquire().start().sendStep().write().clockTakeover()).isNotNull();
    Timeline t = Timeline.waiting(Timeline.UNSYNCHRONIZED, 0).start();
    assertThat(t.sendStep().write().clockTakeover()).isNull();
    assertThat(t.sentRow().leaseTerm().maxSkewMillis()).isNull();
    assertThat(t.sentRow().leaseTerm().ttlSeconds()).isNull();
  }

  @Test
  void applied_withoutPreviousRow_isAcquired_andMayDeleteRow() {
    Hold hold = Timeline.tryAcquire().start().advance(20).applied().acquiredHold();
    assertThat(hold.grant().mayDeleteRow()).isTrue();
  }

  @Test
  void applied_overMarker_mayNotDeleteRow() {
    Timeline t = Timeline.tryAcquire().start();
    RowSnapshot marker = t.otherRow(RowState.FREE, "old", 0);
    assertThat(t.receive(new Reply.Applied(marker, false)).acquiredHold().grant().mayDeleteRow())
        .isFalse();
  }

  @Test
  void applied_afterSdkRetry_mayNotDeleteRow() {
    Timeline t = Timeline.tryAcquire().start();
    assertThat(
            t.receive(new Reply.Applied(new RowSnapshot.NoRow(), true))
                .acquiredHold()
                .grant()
                .mayDeleteRow())
        .isFalse();
  }

  @Test
  void validity_startsBeforeTheRequest() {
    Timeline t = Timeline.tryAcquire().start().advance(4_000).applied();
    assertThat(t.acquiredHold().remainingNanos(t.now())).isEqualTo(nanos(9_990 - 4_000));
  }

  @Test
  void rejectedByOwnRow_isAcquired_andMayNotDeleteRow() {
    Timeline t = Timeline.tryAcquire().start();
    LockRow ownRow = t.sentRow();
    Hold hold = t.unanswered().rejectedBy(ownRow).acquiredHold();
    assertThat(hold.row()).isEqualTo(ownRow);
    assertThat(hold.grant().mayDeleteRow()).isFalse();
  }

  /** A host with a wrong clock has replaced the row and restored it before the resend. */
  @Test
  void rejectedByOwnRestoredRow_isAcquired_withTheTokenOfThatRow() {
    Timeline t = Timeline.tryAcquire().start();
    LockRow ownRow = t.sentRow();
    LockRow restored = ownRow.withToken(ownRow.version().token() + 7);
    Hold hold = t.unanswered().rejectedBy(restored).acquiredHold();
    assertThat(hold.row()).isEqualTo(restored);
    assertThat(hold.grant())
        .isEqualTo(new Hold.Grant(ownRow.version().token(), hold.confirmed().validFrom(), false));
  }

  @Test
  void rejectedByARowWhoseTokenIsTooLarge_isRefusedAtOnce() {
    Timeline t = Timeline.waiting(Timeline.BOUNDED, 30_000).start();
    long largest = 253_402_300_799_999_999L;
    t.rejectedBy(t.otherRow(RowState.FREE, "theirs", 0).withToken(largest));
    assertThat(t.sentRow().version().token()).isEqualTo(largest + 1);

    t.rejectedBy(t.otherRow(RowState.FREE, "theirs", 0).withToken(largest + 1));

    assertThat(((AcquireStep.UnrecognizedRow) t.step()).reason())
        .isEqualTo("its token is 253402300800000000, allowed is 0 to 253402300799999999");
    assertThat(t.observations().highestToken()).isEqualTo(largest);
  }

  @Test
  void unanswered_isResentOnce_unchanged() {
    Timeline t = Timeline.tryAcquire().start();
    Write.Acquire first = t.sendStep().write();
    assertThat(t.unanswered().sendStep().write()).isEqualTo(first);
  }

  @Test
  void timeout_withDefaultTimeouts_isFollowedByAResend() {
    Timeline t = Timeline.waiting(Timeline.BOUNDED, 30_000).start();
    Write.Acquire first = t.sendStep().write();
    assertThat(t.timesOut().sendStep().write()).isEqualTo(first);
  }

  @Test
  void timeout_ofATryAcquire_isFollowedByAResend_whichFindsTheLockAcquired() {
    Timeline t = Timeline.tryAcquire().start();
    LockRow ownRow = t.sentRow();
    Hold hold = t.timesOut().advance(20).rejectedBy(ownRow).acquiredHold();
    assertThat(hold.remainingNanos(t.now())).isEqualTo(nanos(9_990 - 2_500 - 20));
  }

  @Test
  void timeout_beforeTheRequestDeadline_leavesTimeForAResend() {
    Timeline t = Timeline.tryAcquire().start(800);
    assertThat(t.timesOut().sendStep().timeouts().callNanos()).isEqualTo(nanos(400));
  }

  @Test
  void endOfMaxWait_boundsTheFirstCall() {
    Timeline t = Timeline.waiting(Timeline.BOUNDED, 2_200).start();
    assertThat(t.sendStep().timeouts().callNanos()).isEqualTo(nanos(2_200));
  }

  @Test
  void timeout_ofTheLastAttempt_isFollowedByAResend() {
    Timeline t = Timeline.waiting(Timeline.BOUNDED, 30).start();
    t.rejectedBy(t.otherRow(RowState.HELD, "theirs", 0)).advance(30).afterPause();
    Write.Acquire last = t.sendStep().write();
    assertThat(t.timesOut().sendStep().write()).isEqualTo(last);
  }

  @Test
  void timeoutOfTheResend_withDefaultTimeouts_endsAfterHalfTheLease() {
    Timeline t = Timeline.tryAcquire().start();
    ClockReading before = t.now();
    t.timesOut().timesOut();
    assertThat(t.now().elapsedNanosSince(before)).isEqualTo(nanos(LEASE_MILLIS / 2));
    assertThat(t.compensateStep().write().row().state()).isEqualTo(RowState.FREE);
    assertThat(t.afterCompensation().step()).isInstanceOf(AcquireStep.Failed.class);
  }

  @Test
  void unansweredTwice_withoutTimeLeft_sendsReleaseAndFails() {
    Timeline t = Timeline.tryAcquire().start();
    String nonce = t.sentRow().version().nonce();
    Write release = t.unanswered().unanswered().compensateStep().write();
    assertThat(release).isInstanceOf(Write.End.class);
    assertThat(release.row().state()).isEqualTo(RowState.FREE);
    assertThat(release.row().version().nonce()).isEqualTo(nonce);
    AcquireStep.Failed failed = (AcquireStep.Failed) t.afterCompensation().step();
    assertThat(failed.failure().mayHaveApplied()).isTrue();
    assertThat(failed.attempt().orphans()).containsExactly(nonce);
  }

  @Test
  void permanentFailure_afterUnansweredRequest_mayHaveApplied() {
    Timeline t = Timeline.tryAcquire().start().unanswered().failsWith(Reply.FailureKind.PERMANENT);
    assertThat(t.compensateStep().write().row().state()).isEqualTo(RowState.FREE);
    assertThat(((AcquireStep.Failed) t.afterCompensation().step()).failure().mayHaveApplied())
        .isTrue();
  }

  @Test
  void permanentFailure_endsTheAttempt() {
    Timeline t =
        Timeline.waiting(Timeline.BOUNDED, 60_000).start().failsWith(Reply.FailureKind.PERMANENT);
    assertThat(t.step()).isInstanceOf(AcquireStep.Failed.class);
  }

  @Test
  void unanswered_afterHalfTheLease_isNotResent() {
    Timeline t = Timeline.waiting(Timeline.BOUNDED, 60_000).start();
    String first = t.sentRow().version().nonce();
    t.advance(LEASE_MILLIS / 2).unanswered();
    assertThat(t.pauseStep().next().attempt().orphans()).containsExactly(first);
    assertThat(t.afterPause().sentRow().version().nonce()).isNotEqualTo(first);
  }

  @Test
  void throttled_withTimeLeft_pausesAndUsesANewNonce() {
    Timeline t = Timeline.waiting(Timeline.BOUNDED, 60_000).start();
    String first = t.sentRow().version().nonce();
    t.failsWith(Reply.FailureKind.THROTTLED);
    assertThat(t.pauseStep().nanos()).isBetween(nanos(5), nanos(25));
    assertThat(t.afterPause().sentRow().version().nonce()).isNotEqualTo(first);
  }

  @Test
  void throttled_withoutTimeLeft_fails() {
    Timeline t = Timeline.tryAcquire().start().failsWith(Reply.FailureKind.THROTTLED);
    assertThat(t.step()).isInstanceOf(AcquireStep.Failed.class);
  }

  @Test
  void held_withoutTimeLeft_isBusyAfterOneRejection() {
    Timeline t = Timeline.tryAcquire().start();
    LockRow other = t.otherRow(RowState.HELD, "theirs", 0);
    assertThat(t.rejectedBy(other).step()).isInstanceOf(AcquireStep.Busy.class);
    assertThat(((AcquireStep.Busy) t.step()).row()).isEqualTo(other);
  }

  @Test
  void held_pauseEndsAtLeaseExpiryPlusMaxSkew() {
    Timeline t = Timeline.waiting(Timeline.BOUNDED, 60_000).start();
    LockRow other = t.otherRow(RowState.HELD, "theirs", 0);
    t.advance(LEASE_MILLIS + SKEW_MILLIS - 3).rejectedBy(other);
    assertThat(t.pauseStep().nanos()).isEqualTo(nanos(3));
    t.afterPause();
    assertThat(t.sendStep().write().clockTakeover())
        .isEqualTo(new Write.ClockTakeover(other.leaseTerm().expiresAtMillis(), SKEW_MILLIS));
  }

  @Test
  void held_expiredBeforeTheReply_isRetriedImmediately() {
    Timeline t = Timeline.tryAcquire().start();
    LockRow other = t.otherRow(RowState.HELD, "theirs", 0);
    t.advance(LEASE_MILLIS + SKEW_MILLIS).rejectedBy(other);
    assertThat(t.sentRow().version().nonce()).isEqualTo("mine-2");
  }

  @Test
  void held_byHostWithLargerMaxSkew_isNotTakenOverByClock() {
    Timeline t = Timeline.tryAcquire().start();
    ClockBounds largerSkew = new ClockBounds(SKEW_MILLIS + 1, 1, true);
    LeaseTerm leaseTerm = largerSkew.leaseTerm(LEASE_MILLIS, t.now().wallMillis() - 60_000);
    LockRow other = t.otherRow(RowState.HELD, "theirs", 0);
    LockRow row =
        new LockRow(other.name(), other.state(), other.version(), leaseTerm, other.holderInfo());
    assertThat(t.rejectedBy(row).step()).isInstanceOf(AcquireStep.Busy.class);
  }

  @Test
  void held_watchedUnchangedForWholeLease_isTakenOverByVersion() {
    Timeline t = Timeline.waiting(Timeline.UNSYNCHRONIZED, 60_000).start();
    LockRow other = t.otherUnsynchronizedRow("theirs", 3);
    t.advance(10).rejectedBy(other).afterPause();
    assertThat(t.sendStep().write().watchedVersion()).isNull();
    t.advance(LEASE_MILLIS - 30).rejectedBy(other);
    assertThat(t.pauseStep().nanos()).isEqualTo(nanos(20));
    assertThat(t.afterPause().sendStep().write().watchedVersion()).isEqualTo(other.version());
  }

  @Test
  void held_renewedWhileWatched_restartsTheWatch() {
    Timeline t = Timeline.waiting(Timeline.UNSYNCHRONIZED, 60_000).start();
    t.rejectedBy(t.otherUnsynchronizedRow("theirs", 0)).afterPause().advance(LEASE_MILLIS * 2);
    t.rejectedBy(t.otherUnsynchronizedRow("theirs", 1));
    assertThat(t.pauseStep().next().attempt().spec().name()).isEqualTo("order-1");
    assertThat(t.afterPause().sendStep().write().watchedVersion()).isNull();
  }

  @Test
  void watchedLease_outlivesTheAttempt() {
    Timeline first = Timeline.waiting(Timeline.UNSYNCHRONIZED, 0).start();
    LockRow other = first.otherUnsynchronizedRow("theirs", 0);
    KeyObservations observations = first.rejectedBy(other).observations();
    Timeline later =
        Timeline.waiting(Timeline.UNSYNCHRONIZED, 0)
            .withObservations(observations)
            .advance(LEASE_MILLIS + 10)
            .start();
    assertThat(later.sendStep().write().watchedVersion()).isEqualTo(other.version());
  }

  @Test
  void watchedLease_countsMonotonicTimeOnly() {
    Timeline t = Timeline.waiting(Timeline.UNSYNCHRONIZED, 60_000).start();
    LockRow other = t.otherUnsynchronizedRow("theirs", 0);
    t.rejectedBy(other).afterPause().jumpWallClock(LEASE_MILLIS * 5).rejectedBy(other).afterPause();
    assertThat(t.sendStep().write().watchedVersion()).isNull();
  }

  @Test
  void markerWithHigherToken_isRetriedWithTheNextToken() {
    Timeline t = Timeline.tryAcquire().start();
    LockRow marker = t.rowWithHigherToken(RowState.FREE, 5_000_000);
    t.rejectedBy(marker);
    assertThat(t.sentRow().version().token()).isEqualTo(marker.version().token() + 1);
  }

  @Test
  void expiredLeaseWithHigherToken_isRetriedWithTheNextToken() {
    Timeline t = Timeline.tryAcquire().start();
    LockRow expired = t.rowWithHigherToken(RowState.HELD, 5_000_000);
    t.rejectedBy(expired);
    assertThat(t.sentRow().version().token()).isEqualTo(expired.version().token() + 1);
  }

  @Test
  void immediateRetries_areBounded() {
    Timeline t = Timeline.tryAcquire().start();
    for (int i = 0; i < 2; i++) {
      t.rejectedBy(t.rowWithHigherToken(RowState.FREE, 1_000L * (i + 1)));
      assertThat(t.sendStep()).isNotNull();
    }
    t.rejectedBy(t.rowWithHigherToken(RowState.FREE, 9_000));
    assertThat(t.step()).isInstanceOf(AcquireStep.Busy.class);
  }

  @Test
  void completed_withinRetention_isCompleted() {
    Timeline t = Timeline.waiting(Timeline.BOUNDED, 60_000).start();
    LockRow completed = t.otherRow(RowState.COMPLETED, "theirs", 0);
    assertThat(((AcquireStep.Completed) t.rejectedBy(completed).step()).row()).isEqualTo(completed);
  }

  @Test
  void completed_afterRetention_isRetriedImmediately() {
    Timeline t = Timeline.tryAcquire().start();
    LockRow completed = t.rowWithHigherToken(RowState.COMPLETED, 7);
    assertThat(t.rejectedBy(completed).sentRow().version().token())
        .isEqualTo(completed.version().token() + 1);
  }

  @Test
  void unrecognizedRow_endsTheAttempt() {
    Timeline t = Timeline.waiting(Timeline.BOUNDED, 60_000).start();
    t.rejectedBy(new RowSnapshot.UnrecognizedRow("its format is 2"));
    assertThat(((AcquireStep.UnrecognizedRow) t.step()).reason()).isEqualTo("its format is 2");
  }

  @Test
  void unrecognizedRow_overwrittenByTheAcquire_isNotAcquired() {
    Timeline t = Timeline.waiting(Timeline.BOUNDED, 60_000).start();
    String nonce = t.sentRow().version().nonce();
    t.receive(new Reply.Applied(new RowSnapshot.UnrecognizedRow("its version is 1.5"), false));
    assertThat(t.compensateStep().write().row().state()).isEqualTo(RowState.FREE);
    AcquireStep.UnrecognizedRow unrecognized =
        (AcquireStep.UnrecognizedRow) t.afterCompensation().step();
    assertThat(unrecognized.reason()).isEqualTo("its version is 1.5");
    assertThat(unrecognized.attempt().orphans()).containsExactly(nonce);
  }

  @Test
  void rejectionWithoutRow_endsTheAttempt() {
    Timeline t =
        Timeline.waiting(Timeline.BOUNDED, 60_000).start().rejectedBy(new RowSnapshot.NoRow());
    assertThat(((AcquireStep.UnrecognizedRow) t.step()).reason())
        .contains("did not return the row");
  }

  @Test
  void orphanRow_isTakenOverImmediately() {
    Timeline t = Timeline.waiting(Timeline.BOUNDED, 60_000).start();
    LockRow orphan = t.sentRow();
    t.unanswered().unanswered().afterPause().rejectedBy(orphan);
    assertThat(t.sendStep().write().watchedVersion()).isEqualTo(orphan.version());
    Hold hold = t.receive(new Reply.Applied(orphan, false)).acquiredHold();
    assertThat(hold.grant().mayDeleteRow()).isFalse();
    assertThat(hold.row().version().token()).isGreaterThan(orphan.version().token());
  }

  @Test
  void orphanRowOfAnEarlierCall_isTakenOverImmediately() {
    Timeline t =
        Timeline.tryAcquire()
            .withObservations(KeyObservations.EMPTY.withOrphans(Set.of("lost")))
            .start();
    LockRow orphan = t.otherRow(RowState.HELD, "lost", 0);
    assertThat(t.rejectedBy(orphan).sendStep().write().watchedVersion())
        .isEqualTo(orphan.version());
  }

  @Test
  void replyAfterLeaseExpiry_isReleased_andEndsTheAttempt() {
    Timeline t = Timeline.tryAcquire().start().advance(LEASE_MILLIS).applied();
    assertThat(t.compensateStep().write().row().state()).isEqualTo(RowState.FREE);
    assertThat(t.afterCompensation().step()).isInstanceOf(AcquireStep.LeaseExpired.class);
  }

  @Test
  void replyAfterLeaseExpiry_withTimeLeft_isReleasedAndRetried() {
    Timeline t = Timeline.waiting(Timeline.BOUNDED, 60_000).start();
    String first = t.sentRow().version().nonce();
    t.advance(LEASE_MILLIS).applied().afterCompensation();
    assertThat(t.sentRow().version().nonce()).isNotEqualTo(first);
    assertThat(t.sendStep().next().attempt().orphans()).containsExactly(first);
  }

  @Test
  void interruptedCall_withTimeLeft_sendsReleaseAndFails() {
    Timeline t = Timeline.waiting(Timeline.BOUNDED, 60_000).start();
    t.receive(Timeline.failure(Reply.FailureKind.INTERRUPTED, true));
    assertThat(t.afterCompensation().step()).isInstanceOf(AcquireStep.Failed.class);
  }

  @Test
  void interruptedPause_releasesOnlyAnUnansweredAcquire() {
    Timeline unanswered = Timeline.waiting(Timeline.BOUNDED, 60_000).start();
    unanswered.unanswered().unanswered();
    assertThat(unanswered.pauseStep().next().onInterrupt(unanswered.now())).isPresent();
    Timeline rejected = Timeline.waiting(Timeline.BOUNDED, 60_000).start();
    rejected.rejectedBy(rejected.otherRow(RowState.HELD, "theirs", 0));
    assertThat(rejected.pauseStep().next().onInterrupt(rejected.now())).isEmpty();
  }

  @Test
  void lastRetry_isSentAtTheDeadline_notAfterIt() {
    Timeline t = Timeline.waiting(Timeline.BOUNDED, 30).start();
    LockRow other = t.otherRow(RowState.HELD, "theirs", 0);
    t.advance(28).rejectedBy(other);
    assertThat(t.pauseStep().nanos()).isEqualTo(nanos(2));
    assertThat(t.afterPause().rejectedBy(other).step()).isInstanceOf(AcquireStep.Busy.class);
  }

  @Test
  void repliesAfterLeaseExpiry_threeInARow_endTheAttempt() {
    Timeline t = Timeline.waiting(Timeline.BOUNDED, 600_000).start();
    for (int i = 0; i < 2; i++) {
      t.advance(LEASE_MILLIS).applied().afterCompensation();
    }
    t.advance(LEASE_MILLIS).applied().afterCompensation();
    assertThat(t.step()).isInstanceOf(AcquireStep.LeaseExpired.class);
  }

  @Test
  void completedAfterRetention_withRisingTokens_pauses_andIsNotCompleted() {
    Timeline t = Timeline.waiting(Timeline.BOUNDED, 60_000).start();
    for (int i = 0; i < 3; i++) {
      t.rejectedBy(t.rowWithHigherToken(RowState.COMPLETED, 1_000_000L * (i + 1)));
    }
    assertThat(t.pauseStep().nanos()).isPositive();
  }

  @Test
  void rejectedAcquire_becomesAnOrphan_onlyIfACopyMayStillArrive() {
    assertThat(orphansAfter(Timeline.waiting(Timeline.BOUNDED, 60_000).start(), false)).isEmpty();
    assertThat(orphansAfter(Timeline.waiting(Timeline.BOUNDED, 60_000).start(), true)).hasSize(1);
    Timeline sentTwice = Timeline.waiting(Timeline.BOUNDED, 60_000).start().unanswered();
    assertThat(orphansAfter(sentTwice, false)).hasSize(1);
  }

  private static Set<String> orphansAfter(Timeline t, boolean resent) {
    t.receive(new Reply.Rejected(t.otherRow(RowState.HELD, "theirs", 0), resent));
    return t.pauseStep().next().attempt().orphans();
  }
}
