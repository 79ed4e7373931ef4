package dev.holdfast.lock.protocol;

import static dev.holdfast.lock.protocol.Timeline.LEASE_MILLIS;
import static dev.holdfast.lock.protocol.Timeline.SKEW_MILLIS;
import static dev.holdfast.lock.protocol.Timeline.nanos;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class AcquiringTest {

  @Test
  void firstBody_takesItsTokenFromTheWallClockInMicros() {
    Timeline t = Timeline.tryOnce().start();
    assertThat(t.body().stamp().token()).isEqualTo(t.now().wallMicros());
    assertThat(t.body().stamp().version()).isZero();
    assertThat(t.body().term().expiresAtMillis()).isEqualTo(t.now().wallMillis() + LEASE_MILLIS);
  }

  @Test
  void firstBody_leavesOutTheWallClockWhereNoneIsTrusted() {
    assertThat(Timeline.tryOnce().start().sent().write().byClock()).isNotNull();
    Timeline t = Timeline.waiting(Timeline.UNSYNCHRONIZED, 0).start();
    assertThat(t.sent().write().byClock()).isNull();
    assertThat(t.body().term().skewMillisMax()).isNull();
    assertThat(t.body().term().ttlSeconds()).isNull();
  }

  @Test
  void applied_onNoRow_isGrantedAndForgettable() {
    Hold hold = Timeline.tryOnce().start().passes(20).applied().granted();
    assertThat(hold.forgettable()).isTrue();
  }

  @Test
  void applied_onAMarker_isNotForgettable() {
    Timeline t = Timeline.tryOnce().start();
    Seen marker = t.others(RowState.FREE, "old", 0);
    assertThat(t.reply(new Reply.Applied(marker, false)).granted().forgettable()).isFalse();
  }

  @Test
  void applied_afterTheSdkResentIt_isNotForgettable() {
    Timeline t = Timeline.tryOnce().start();
    assertThat(t.reply(new Reply.Applied(new Seen.NoRow(), true)).granted().forgettable())
        .isFalse();
  }

  @Test
  void validity_countsFromBeforeTheRequest() {
    Timeline t = Timeline.tryOnce().start().passes(4_000).applied();
    assertThat(t.granted().remainingNanos(t.now())).isEqualTo(nanos(9_990 - 4_000));
  }

  @Test
  void refusedByThisVeryBody_isGranted_andItsRowStaysAsAMarker() {
    Timeline t = Timeline.tryOnce().start();
    LockRow mine = t.body();
    Hold hold = t.unanswered().refusedBy(mine).granted();
    assertThat(hold.row()).isEqualTo(mine);
    assertThat(hold.forgettable()).isFalse();
  }

  @Test
  void unanswered_isSentOnceMore_withAnIdenticalBody() {
    Timeline t = Timeline.tryOnce().start();
    Write.Acquire first = t.sent().write();
    assertThat(t.unanswered().sent().write()).isEqualTo(first);
  }

  @Test
  void unansweredTwice_withoutTimeLeft_releasesWhatItMayHaveTaken_andFails() {
    Timeline t = Timeline.tryOnce().start();
    String nonce = t.body().stamp().nonce();
    Write release = t.unanswered().unanswered().abandon().write();
    assertThat(release).isInstanceOf(Write.Settle.class);
    assertThat(release.row().state()).isEqualTo(RowState.FREE);
    assertThat(release.row().stamp().nonce()).isEqualTo(nonce);
    Step.Failed failed = (Step.Failed) t.abandons().step();
    assertThat(failed.failure().mayHaveApplied()).isTrue();
    assertThat(failed.ended().orphans()).containsExactly(nonce);
  }

  @Test
  void certainFailureAfterAnUnansweredCopy_isNotCertain() {
    Timeline t = Timeline.tryOnce().start().unanswered().fails(Reply.Fault.PERMANENT);
    assertThat(t.abandon().write().row().state()).isEqualTo(RowState.FREE);
    assertThat(((Step.Failed) t.abandons().step()).failure().mayHaveApplied()).isTrue();
  }

  @Test
  void certainFailure_sendsNothingMore() {
    Timeline t = Timeline.waiting(Timeline.BOUNDED, 60_000).start().fails(Reply.Fault.PERMANENT);
    assertThat(t.step()).isInstanceOf(Step.Failed.class);
  }

  @Test
  void unansweredCopyTooOld_isNotSentAgain() {
    Timeline t = Timeline.waiting(Timeline.BOUNDED, 60_000).start();
    String first = t.body().stamp().nonce();
    t.passes(LEASE_MILLIS / 2).unanswered();
    assertThat(t.paused().next().attempt().orphans()).containsExactly(first);
    assertThat(t.wakes().body().stamp().nonce()).isNotEqualTo(first);
  }

  @Test
  void throttled_whileTimeIsLeft_waitsAndSendsANewBody() {
    Timeline t = Timeline.waiting(Timeline.BOUNDED, 60_000).start();
    String first = t.body().stamp().nonce();
    t.fails(Reply.Fault.THROTTLED);
    assertThat(t.paused().nanos()).isBetween(nanos(5), nanos(25));
    assertThat(t.wakes().body().stamp().nonce()).isNotEqualTo(first);
  }

  @Test
  void throttled_withoutTimeLeft_fails() {
    Timeline t = Timeline.tryOnce().start().fails(Reply.Fault.THROTTLED);
    assertThat(t.step()).isInstanceOf(Step.Failed.class);
  }

  @Test
  void held_withoutTimeLeft_isBusyAfterOneRefusal() {
    Timeline t = Timeline.tryOnce().start();
    LockRow other = t.others(RowState.HELD, "theirs", 0);
    assertThat(t.refusedBy(other).step()).isInstanceOf(Step.Busy.class);
    assertThat(((Step.Busy) t.step()).row()).isEqualTo(other);
  }

  @Test
  void held_waitsNoLongerThanUntilTheLeaseEndsByClockPlusSkew() {
    Timeline t = Timeline.waiting(Timeline.BOUNDED, 60_000).start();
    LockRow other = t.others(RowState.HELD, "theirs", 0);
    t.passes(LEASE_MILLIS + SKEW_MILLIS - 3).refusedBy(other);
    assertThat(t.paused().nanos()).isEqualTo(nanos(3));
    t.wakes();
    assertThat(t.sent().write().byClock())
        .isEqualTo(new Write.TakeOverByClock(other.term().expiresAtMillis(), SKEW_MILLIS));
  }

  @Test
  void held_expiredBetweenSendingAndReply_isTriedAtOnce() {
    Timeline t = Timeline.tryOnce().start();
    LockRow other = t.others(RowState.HELD, "theirs", 0);
    t.passes(LEASE_MILLIS + SKEW_MILLIS).refusedBy(other);
    assertThat(t.body().stamp().nonce()).isEqualTo("mine-2");
  }

  @Test
  void held_byAWriterWithALargerSkewBound_isNotTakenByClock() {
    Timeline t = Timeline.tryOnce().start();
    ClockBounds loose = new ClockBounds(SKEW_MILLIS + 1, 1, true);
    Term term = loose.term(LEASE_MILLIS, t.now().wallMillis() - 60_000);
    LockRow other = t.others(RowState.HELD, "theirs", 0);
    LockRow row = new LockRow(other.name(), other.state(), other.stamp(), term, other.claimant());
    assertThat(t.refusedBy(row).step()).isInstanceOf(Step.Busy.class);
  }

  @Test
  void held_watchedUnchangedForAWholeLease_isTakenByNonceAndVersion() {
    Timeline t = Timeline.waiting(Timeline.UNSYNCHRONIZED, 60_000).start();
    LockRow other = t.othersUnsynchronized("theirs", 3);
    t.passes(10).refusedBy(other).wakes();
    assertThat(t.sent().write().watched()).isNull();
    t.passes(LEASE_MILLIS - 30).refusedBy(other);
    assertThat(t.paused().nanos()).isEqualTo(nanos(20));
    assertThat(t.wakes().sent().write().watched()).isEqualTo(other.stamp());
  }

  @Test
  void held_renewedWhileWatched_startsTheWatchAgain() {
    Timeline t = Timeline.waiting(Timeline.UNSYNCHRONIZED, 60_000).start();
    t.refusedBy(t.othersUnsynchronized("theirs", 0)).wakes().passes(LEASE_MILLIS * 2);
    t.refusedBy(t.othersUnsynchronized("theirs", 1));
    assertThat(t.paused().next().attempt().claim().name()).isEqualTo("order-1");
    assertThat(t.wakes().sent().write().watched()).isNull();
  }

  @Test
  void watch_outlivesTheAttemptThatBeganIt() {
    Timeline first = Timeline.waiting(Timeline.UNSYNCHRONIZED, 0).start();
    LockRow other = first.othersUnsynchronized("theirs", 0);
    Memory learnt = first.refusedBy(other).memory();
    Timeline later =
        Timeline.waiting(Timeline.UNSYNCHRONIZED, 0)
            .knowing(learnt)
            .passes(LEASE_MILLIS + 10)
            .start();
    assertThat(later.sent().write().watched()).isEqualTo(other.stamp());
  }

  @Test
  void watch_countsMonotonicTimeOnly() {
    Timeline t = Timeline.waiting(Timeline.UNSYNCHRONIZED, 60_000).start();
    LockRow other = t.othersUnsynchronized("theirs", 0);
    t.refusedBy(other).wakes().wallJumps(LEASE_MILLIS * 5).refusedBy(other).wakes();
    assertThat(t.sent().write().watched()).isNull();
  }

  @Test
  void freeMarkerWithATokenAhead_isTriedOnceMoreWithTheNextToken() {
    Timeline t = Timeline.tryOnce().start();
    LockRow marker = t.ahead(RowState.FREE, 5_000_000);
    t.refusedBy(marker);
    assertThat(t.body().stamp().token()).isEqualTo(marker.stamp().token() + 1);
  }

  @Test
  void expiredHoldWithATokenAhead_isTriedOnceMoreWithTheNextToken() {
    Timeline t = Timeline.tryOnce().start();
    LockRow expired = t.ahead(RowState.HELD, 5_000_000);
    t.refusedBy(expired);
    assertThat(t.body().stamp().token()).isEqualTo(expired.stamp().token() + 1);
  }

  @Test
  void triesAtOnce_areBounded() {
    Timeline t = Timeline.tryOnce().start();
    for (int i = 0; i < 2; i++) {
      t.refusedBy(t.ahead(RowState.FREE, 1_000L * (i + 1)));
      assertThat(t.sent()).isNotNull();
    }
    t.refusedBy(t.ahead(RowState.FREE, 9_000));
    assertThat(t.step()).isInstanceOf(Step.Busy.class);
  }

  @Test
  void done_insideItsWindow_isDone() {
    Timeline t = Timeline.waiting(Timeline.BOUNDED, 60_000).start();
    LockRow done = t.others(RowState.DONE, "theirs", 0);
    assertThat(((Step.Done) t.refusedBy(done).step()).row()).isEqualTo(done);
  }

  @Test
  void done_pastItsWindow_isTriedAtOnce() {
    Timeline t = Timeline.tryOnce().start();
    LockRow done = t.ahead(RowState.DONE, 7);
    assertThat(t.refusedBy(done).body().stamp().token()).isEqualTo(done.stamp().token() + 1);
  }

  @Test
  void foreignRow_endsTheAttempt() {
    Timeline t = Timeline.waiting(Timeline.BOUNDED, 60_000).start();
    t.refusedBy(new Seen.ForeignRow("its format is 2"));
    assertThat(((Step.Foreign) t.step()).reason()).isEqualTo("its format is 2");
  }

  @Test
  void foreignRow_thatWasOverwrittenUnseen_grantsNothing() {
    Timeline t = Timeline.waiting(Timeline.BOUNDED, 60_000).start();
    String nonce = t.body().stamp().nonce();
    t.reply(new Reply.Applied(new Seen.ForeignRow("its version is 1.5"), false));
    assertThat(t.abandon().write().row().state()).isEqualTo(RowState.FREE);
    Step.Foreign foreign = (Step.Foreign) t.abandons().step();
    assertThat(foreign.reason()).isEqualTo("its version is 1.5");
    assertThat(foreign.ended().orphans()).containsExactly(nonce);
  }

  @Test
  void refusalWithoutARow_endsTheAttempt() {
    Timeline t = Timeline.waiting(Timeline.BOUNDED, 60_000).start().refusedBy(new Seen.NoRow());
    assertThat(((Step.Foreign) t.step()).reason()).contains("did not return the row");
  }

  @Test
  void rowOfAGivenUpBody_isTakenOverAtOnce() {
    Timeline t = Timeline.waiting(Timeline.BOUNDED, 60_000).start();
    LockRow orphan = t.body();
    t.unanswered().unanswered().wakes().refusedBy(orphan);
    assertThat(t.sent().write().watched()).isEqualTo(orphan.stamp());
    Hold hold = t.reply(new Reply.Applied(orphan, false)).granted();
    assertThat(hold.forgettable()).isFalse();
    assertThat(hold.row().stamp().token()).isGreaterThan(orphan.stamp().token());
  }

  @Test
  void rowOfABodyGivenUpByAnEarlierCall_isTakenOverAtOnce() {
    Timeline t = Timeline.tryOnce().knowing(Memory.EMPTY.withOrphans(Set.of("lost"))).start();
    LockRow orphan = t.others(RowState.HELD, "lost", 0);
    assertThat(t.refusedBy(orphan).sent().write().watched()).isEqualTo(orphan.stamp());
  }

  @Test
  void answerAfterValidity_isGivenBack_andTheAttemptEnds() {
    Timeline t = Timeline.tryOnce().start().passes(LEASE_MILLIS).applied();
    assertThat(t.abandon().write().row().state()).isEqualTo(RowState.FREE);
    assertThat(t.abandons().step()).isInstanceOf(Step.TooLate.class);
  }

  @Test
  void answerAfterValidity_isGivenBack_andTriedAgainWhileTimeIsLeft() {
    Timeline t = Timeline.waiting(Timeline.BOUNDED, 60_000).start();
    String first = t.body().stamp().nonce();
    t.passes(LEASE_MILLIS).applied().abandons();
    assertThat(t.body().stamp().nonce()).isNotEqualTo(first);
    assertThat(t.sent().next().attempt().orphans()).containsExactly(first);
  }

  @Test
  void interruptedCall_givesUpWithARelease_whateverTimeIsLeft() {
    Timeline t = Timeline.waiting(Timeline.BOUNDED, 60_000).start();
    t.reply(Timeline.failure(Reply.Fault.INTERRUPTED, true));
    assertThat(t.abandons().step()).isInstanceOf(Step.Failed.class);
  }

  @Test
  void interruptedPause_releasesAnUnansweredBodyOnly() {
    Timeline unanswered = Timeline.waiting(Timeline.BOUNDED, 60_000).start();
    unanswered.unanswered().unanswered();
    assertThat(unanswered.paused().next().onInterrupt(unanswered.now())).isPresent();
    Timeline refused = Timeline.waiting(Timeline.BOUNDED, 60_000).start();
    refused.refusedBy(refused.others(RowState.HELD, "theirs", 0));
    assertThat(refused.paused().next().onInterrupt(refused.now())).isEmpty();
  }

  @Test
  void lastTry_isMadeAtTheDeadline_notAfterIt() {
    Timeline t = Timeline.waiting(Timeline.BOUNDED, 30).start();
    LockRow other = t.others(RowState.HELD, "theirs", 0);
    t.passes(28).refusedBy(other);
    assertThat(t.paused().nanos()).isEqualTo(nanos(2));
    assertThat(t.wakes().refusedBy(other).step()).isInstanceOf(Step.Busy.class);
  }

  @Test
  void answersAfterValidity_threeInARow_endTheAttempt_whateverTimeIsLeft() {
    Timeline t = Timeline.waiting(Timeline.BOUNDED, 600_000).start();
    for (int body = 0; body < 2; body++) {
      t.passes(LEASE_MILLIS).applied().abandons();
    }
    t.passes(LEASE_MILLIS).applied().abandons();
    assertThat(t.step()).isInstanceOf(Step.TooLate.class);
  }

  @Test
  void doneRow_pastItsWindow_thatKeepsGettingAhead_isWaitedFor_notTakenForDone() {
    Timeline t = Timeline.waiting(Timeline.BOUNDED, 60_000).start();
    for (int body = 0; body < 3; body++) {
      t.refusedBy(t.ahead(RowState.DONE, 1_000_000L * (body + 1)));
    }
    assertThat(t.paused().nanos()).isPositive();
  }

  @Test
  void refusedBody_isGivenUp_whereACopyOfItMayStillArrive_andElseForgotten() {
    assertThat(orphansAfter(Timeline.waiting(Timeline.BOUNDED, 60_000).start(), false)).isEmpty();
    assertThat(orphansAfter(Timeline.waiting(Timeline.BOUNDED, 60_000).start(), true)).hasSize(1);
    Timeline askedTwice = Timeline.waiting(Timeline.BOUNDED, 60_000).start().unanswered();
    assertThat(orphansAfter(askedTwice, false)).hasSize(1);
  }

  private static Set<String> orphansAfter(Timeline t, boolean resent) {
    t.reply(new Reply.Refused(t.others(RowState.HELD, "theirs", 0), resent));
    return t.paused().next().attempt().orphans();
  }
}
