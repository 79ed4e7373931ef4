package dev.holdfast.lock.protocol;

import static dev.holdfast.lock.protocol.Timeline.nanos;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lock.protocol.Gathering.Move;
import java.util.List;
import org.junit.jupiter.api.Test;

class GatheringTest {
  private static final long CALLS_MILLIS = 3_600_000;
  private static final long VALID = Timeline.BOUNDED.validityNanos(Timeline.LEASE_MILLIS);
  private static final long HALF = VALID / 2;

  private final Timeline t = Timeline.tryOnce();

  private static Claim claim(String name) {
    return new Claim(name, Timeline.LEASE_MILLIS, Timeline.BOUNDED, "me", null, null);
  }

  private Gathering waiting(long waitMillis) {
    Attempt.Limits limits = new Attempt.Limits(nanos(waitMillis), nanos(CALLS_MILLIS));
    return Gathering.start(List.of(claim("a"), claim("b"), claim("c")), limits, t.now());
  }

  private Move next(Gathering gathering, Long... remaining) {
    return gathering.next(List.of(remaining), t.now());
  }

  private static Move.Try attempt(String name, long waitNanos, long callsNanos) {
    return new Move.Try(claim(name), new Attempt.Limits(waitNanos, callsNanos));
  }

  @Test
  void first_isWaitedForUntilTheDeadline() {
    assertThat(next(waiting(30_000))).isEqualTo(attempt("a", nanos(30_000), nanos(CALLS_MILLIS)));
  }

  @Test
  void deadline_isOneForAll() {
    Gathering gathering = waiting(3_000).granted(t.now());
    t.passes(1_000);
    Attempt.Limits left =
        new Attempt.Limits(nanos(2_000), nanos(CALLS_MILLIS - 1_000), nanos(1_000));
    assertThat(next(gathering, VALID)).isEqualTo(new Move.Try(claim("b"), left));
  }

  @Test
  void next_isWaitedForUntilARenewalIsDue_ifThatIsSooner() {
    Gathering gathering = waiting(30_000).granted(t.now()).granted(t.now());
    Move.Try move = (Move.Try) next(gathering, HALF + nanos(700), HALF + nanos(900));
    assertThat(move.claim().name()).isEqualTo("c");
    assertThat(move.limits().waitNanos()).isEqualTo(nanos(700));
  }

  @Test
  void lock_isRenewed_onceHalfOfItsValidityIsUsedUp() {
    Gathering gathering = waiting(30_000).granted(t.now());
    assertThat(next(gathering, HALF + 1)).isInstanceOf(Move.Try.class);
    assertThat(next(gathering, HALF)).isEqualTo(new Move.Renew(0));
  }

  @Test
  void renewals_areMadeInTheOrderInWhichTheyAreDue() {
    Gathering gathering = waiting(30_000).granted(t.now()).granted(t.now());
    assertThat(next(gathering, HALF - 1, HALF - 2)).isEqualTo(new Move.Renew(1));
  }

  @Test
  void renewedLock_isRenewedAgain_atHalfOfItsValidity() {
    Gathering gathering = waiting(30_000).granted(t.now()).renewed(0, VALID - nanos(3_000));
    assertThat(next(gathering, HALF + 1)).isInstanceOf(Move.Try.class);
    assertThat(next(gathering, HALF)).isEqualTo(new Move.Renew(0));
  }

  @Test
  void renewalThatFailed_isTriedAgain_whenHalfOfTheRestIsUsedUp() {
    Gathering gathering = waiting(30_000).granted(t.now()).renewed(0, HALF - nanos(1_000));
    assertThat(next(gathering, (HALF - nanos(1_000)) / 2 + 1)).isInstanceOf(Move.Try.class);
    assertThat(next(gathering, (HALF - nanos(1_000)) / 2)).isEqualTo(new Move.Renew(0));
  }

  @Test
  void lostLock_isGivenBack_withAllBehindIt_andWonAgain() {
    Gathering gathering = waiting(30_000).granted(t.now()).granted(t.now()).granted(t.now());
    assertThat(next(gathering, VALID, 0L, VALID)).isEqualTo(new Move.GiveBack(1));
    Move.Try again = (Move.Try) next(gathering.gaveBack(1, t.now()), VALID);
    assertThat(again.claim().name()).isEqualTo("b");
  }

  @Test
  void lostLock_isTheEnd_whereThereIsNoTimeLeft() {
    Gathering gathering = waiting(1_000).granted(t.now()).granted(t.now());
    t.passes(1_000);
    assertThat(next(gathering, VALID, -1L)).isEqualTo(new Move.Lost(1));
  }

  @Test
  void allHeld_isTheEnd_afterTheRenewalsThatAreDue() {
    Gathering gathering = waiting(30_000).granted(t.now()).granted(t.now()).granted(t.now());
    assertThat(next(gathering, VALID, HALF, VALID)).isEqualTo(new Move.Renew(1));
    assertThat(next(gathering, VALID, HALF + 1, VALID)).isEqualTo(new Move.Complete());
  }

  @Test
  void pastTheDeadline_nothingIsRenewed_andEachIsTriedOnce() {
    Gathering gathering = waiting(0).granted(t.now());
    assertThat(next(gathering, HALF))
        .isEqualTo(attempt("b", Attempt.Limits.PAST, nanos(CALLS_MILLIS)));
    Gathering all = gathering.granted(t.now()).granted(t.now());
    assertThat(next(all, HALF, VALID, VALID)).isEqualTo(new Move.Complete());
  }

  @Test
  void busyName_isWaitedForOn_whileThereIsTime() {
    Step.Outcome busy =
        (Step.Outcome) Timeline.tryOnce().start().refusedBy(t.others(RowState.HELD, "x", 0)).step();
    assertThat(waiting(1_000).goesOnAfter(busy, t.now())).isTrue();
    assertThat(waiting(0).goesOnAfter(busy, t.now())).isFalse();
  }

  @Test
  void failedTry_isRepeated_whereTheFaultMayPass() {
    assertThat(goesOnAfter(Reply.Fault.THROTTLED)).isTrue();
    assertThat(goesOnAfter(Reply.Fault.NO_ANSWER)).isTrue();
    assertThat(goesOnAfter(Reply.Fault.PERMANENT)).isFalse();
    assertThat(goesOnAfter(Reply.Fault.INTERRUPTED)).isFalse();
  }

  private boolean goesOnAfter(Reply.Fault fault) {
    Attempt ended = Timeline.tryOnce().start().sent().next().attempt();
    Step.Outcome failed = new Step.Failed(ended, Timeline.failure(fault, false));
    return waiting(1_000).goesOnAfter(failed, t.now());
  }

  @Test
  void failedRenewal_endsTheAttempt_onlyWhereTheFaultDoesNotPass() {
    Gathering gathering = waiting(1_000).granted(t.now());
    assertThat(gathering.goesOnAfter(Timeline.failure(Reply.Fault.THROTTLED, false))).isTrue();
    assertThat(gathering.goesOnAfter(Timeline.failure(Reply.Fault.PERMANENT, false))).isFalse();
  }

  @Test
  void doneWork_foreignRow_andLateAnswer_endTheAttempt() {
    Timeline done = Timeline.tryOnce().start().refusedBy(t.others(RowState.DONE, "x", 0));
    Timeline foreign = Timeline.tryOnce().start().refusedBy(new Seen.ForeignRow("no format"));
    Attempt ended = ((Step.Outcome) done.step()).ended();
    Gathering gathering = waiting(1_000);
    assertThat(gathering.goesOnAfter((Step.Outcome) done.step(), t.now())).isFalse();
    assertThat(gathering.goesOnAfter((Step.Outcome) foreign.step(), t.now())).isFalse();
    assertThat(gathering.goesOnAfter(new Step.TooLate(ended), t.now())).isFalse();
  }
}
