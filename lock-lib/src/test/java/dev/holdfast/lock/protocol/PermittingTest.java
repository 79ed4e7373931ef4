package dev.holdfast.lock.protocol;

import static dev.holdfast.lock.protocol.Timeline.LEASE_MILLIS;
import static dev.holdfast.lock.protocol.Timeline.SKEW_MILLIS;
import static dev.holdfast.lock.protocol.Timeline.nanos;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lock.protocol.Permitting.Move;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PermittingTest {
  private static final long CALLS_NANOS = nanos(60_000);
  private static final Claim CLAIM =
      new Claim("mail", LEASE_MILLIS, Timeline.BOUNDED, "me", null, null);

  private final Timeline t = Timeline.tryOnce();

  private Permitting started(int permits, long waitMillis) {
    Attempt.Limits limits = new Attempt.Limits(nanos(waitMillis), CALLS_NANOS);
    return Permitting.start(CLAIM, permits, limits, t.now(), new Unshuffled());
  }

  private Move.Try first(int permits, long waitMillis) {
    return started(permits, waitMillis).next(t.now());
  }

  private static Attempt attempt() {
    return Timeline.tryOnce().start().sent().next().attempt();
  }

  private LockRow held(String nonce) {
    return t.others(RowState.HELD, nonce, 0);
  }

  private Move refused(Move move, LockRow row) {
    Memory memory = Memory.EMPTY.after(new Reply.Refused(row), t.now());
    Step.Outcome outcome = new Step.Busy(attempt(), row);
    return ((Move.Try) move).next().after(outcome, memory, t.now(), new Unshuffled());
  }

  private Move ended(Move move, Step.Outcome outcome) {
    return ((Move.Try) move).next().after(outcome, Memory.EMPTY, t.now(), new Unshuffled());
  }

  private Move.Try wakes(Move move) {
    Move.Pause pause = (Move.Pause) move;
    t.passes(TimeUnit.NANOSECONDS.toMillis(pause.nanos()));
    return pause.next().next(t.now());
  }

  private static String key(Move move) {
    return ((Move.Try) move).claim().name();
  }

  @Test
  void order_isRandom_andHasEachSlotOnce() {
    Set<List<String>> orders = new HashSet<>();
    for (double drawn : List.of(0.0, 0.2, 0.4, 0.6, 0.8, 0.999)) {
      Attempt.Limits limits = new Attempt.Limits(0, CALLS_NANOS);
      Draws draws = new SameDraw(drawn);
      orders.add(
          Permitting.start(CLAIM, 5, limits, t.now(), draws).slots().stream()
              .map(Slot::key)
              .toList());
    }
    assertThat(orders).hasSizeGreaterThan(3);
    assertThat(orders)
        .allSatisfy(
            order ->
                assertThat(order)
                    .containsExactlyInAnyOrder(
                        "mail#permit-1",
                        "mail#permit-2",
                        "mail#permit-3",
                        "mail#permit-4",
                        "mail#permit-5"));
  }

  @Test
  void grantedSlot_endsTheAttempt() {
    Step.Outcome granted = (Step.Outcome) Timeline.tryOnce().start().applied().step();
    assertThat(ended(first(3, 0), granted)).isEqualTo(new Move.End(granted));
  }

  @Test
  void firstRound_triesEachSlotWithoutAPause_alsoWithoutAnyWait() {
    Move move = first(3, 0);
    List<String> keys = new ArrayList<>(List.of(key(move)));
    assertThat(((Move.Try) move).limits()).isEqualTo(new Attempt.Limits(0, CALLS_NANOS));
    move = refused(move, held("a"));
    keys.add(key(move));
    move = refused(move, held("b"));
    keys.add(key(move));
    assertThat(keys).containsExactly("mail#permit-1", "mail#permit-2", "mail#permit-3");
    assertThat(refused(move, held("c"))).isInstanceOf(Move.End.class);
  }

  @Test
  void endOfTheRound_tellsTheRowWhoseLeaseEndsFirst() {
    LockRow early = held("early");
    t.passes(500);
    Move move = refused(first(3, 0), held("late"));
    move = refused(move, early);
    Move.End end = (Move.End) refused(move, held("later"));
    assertThat(((Step.Busy) end.outcome()).row()).isEqualTo(early);
  }

  @Test
  void laterRounds_tryOneSlotAfterEachPause_inTheSameOrder() {
    Move move = refused(refused(first(2, 30_000), held("a")), held("b"));
    move = wakes(move);
    assertThat(key(move)).isEqualTo("mail#permit-1");
    move = wakes(refused(move, held("a")));
    assertThat(key(move)).isEqualTo("mail#permit-2");
    assertThat(refused(move, held("b"))).isInstanceOf(Move.Pause.class);
  }

  @Test
  void pauses_growAsForOneLock() {
    Move move = refused(first(1, 30_000), held("a"));
    assertThat(((Move.Pause) move).nanos())
        .isEqualTo(Waiting.cut(Waiting.doubled(1, 0.999), nanos(9_000), nanos(9_000)));
    move = refused(wakes(move), held("a"));
    assertThat(((Move.Pause) move).nanos())
        .isEqualTo(Waiting.cut(Waiting.doubled(2, 0.999), nanos(9_000), nanos(9_000)));
  }

  @Test
  void pause_endsWithTheEarliestLease_andThatSlotIsNext() {
    LockRow crashed = held("crashed");
    t.passes(LEASE_MILLIS + SKEW_MILLIS - 7);
    Move move = refused(first(3, 30_000), held("a"));
    move = refused(move, crashed);
    move = refused(move, held("c"));
    assertThat(((Move.Pause) move).nanos()).isEqualTo(nanos(7));
    assertThat(key(wakes(move))).isEqualTo("mail#permit-2");
  }

  @Test
  void slotThatWasDue_andIsRefusedStill_boundsNoPauseAndIsNotPreferred() {
    LockRow crashed = held("crashed");
    t.passes(LEASE_MILLIS + SKEW_MILLIS + 1);
    Move move = refused(refused(first(2, 30_000), crashed), held("b"));
    assertThat(((Move.Pause) move).nanos()).isGreaterThan(nanos(20));
    move = refused(wakes(move), crashed);
    assertThat(key(wakes(move))).isEqualTo("mail#permit-2");
  }

  @Test
  void doneSlot_isTakenUntilItsWindowEnds() {
    LockRow done = t.others(RowState.DONE, "theirs", 0);
    t.passes(LEASE_MILLIS - 5);
    Step.Outcome outcome = new Step.Done(attempt(), done);
    Move move = ended(first(1, 30_000), outcome);
    assertThat(((Move.Pause) move).nanos()).isEqualTo(nanos(5));
    assertThat(ended(first(1, 0), outcome))
        .isEqualTo(new Move.End(new Step.Busy(outcome.ended(), done)));
  }

  @Test
  void slotThatIsDoneForYears_boundsNoPause() {
    Term term = new Term(LEASE_MILLIS, 250_000_000_000_000L, SKEW_MILLIS, null);
    LockRow other = t.others(RowState.DONE, "theirs", 0);
    LockRow done = new LockRow("mail", RowState.DONE, other.stamp(), term, other.claimant());
    Move move = ended(first(1, 30_000), new Step.Done(attempt(), done));
    assertThat(((Move.Pause) move).nanos()).isBetween(nanos(24), nanos(25));
  }

  @Test
  void slotWhoseFreeRowIsRefusedAgainAndAgain_boundsNoPause() {
    Move move = refused(first(1, 30_000), t.others(RowState.FREE, "theirs", 0));
    assertThat(((Move.Pause) move).nanos()).isBetween(nanos(24), nanos(25));
  }

  @Test
  void monotonicClockBelowZero_isAsGoodAsAnyOther() {
    ClockReading before = new ClockReading(t.now().wallMicros(), Long.MIN_VALUE + 5);
    LockRow row = held("theirs");
    Slot slot = Slot.numbered("mail", 1).blockedBy(row, nanos(7), before);
    assertThat(slot.remainingNanos(before)).isEqualTo(nanos(7));
    assertThat(slot.isDue(before)).isFalse();
    ClockReading after = new ClockReading(t.now().wallMicros(), Long.MIN_VALUE + 5 + nanos(7));
    assertThat(slot.isDue(after)).isTrue();
  }

  @Test
  void lastTry_isMadeAtTheDeadline() {
    Move move = refused(first(1, 10), held("a"));
    assertThat(((Move.Pause) move).nanos()).isEqualTo(nanos(10));
    assertThat(refused(wakes(move), held("a"))).isInstanceOf(Move.End.class);
  }

  @Test
  void firstRound_endsWhenNoMoreCallsMayBeMade() {
    Move move = first(3, 0);
    t.passes(60_000);
    assertThat(refused(move, held("a"))).isInstanceOf(Move.End.class);
  }

  @Test
  void failureThatMayPass_isFollowedByAPauseAndTheNextSlot() {
    Move move = ended(first(2, 30_000), failed(Reply.Fault.THROTTLED));
    assertThat(key(wakes(move))).isEqualTo("mail#permit-2");
    move = ended(first(2, 30_000), failed(Reply.Fault.NO_ANSWER));
    assertThat(key(wakes(move))).isEqualTo("mail#permit-2");
  }

  @Test
  void failure_withoutTimeLeft_endsTheAttempt() {
    Step.Outcome failed = failed(Reply.Fault.THROTTLED);
    assertThat(ended(first(2, 0), failed)).isEqualTo(new Move.End(failed));
  }

  @Test
  void failureThatDoesNotPass_endsTheAttempt() {
    for (Reply.Fault fault : List.of(Reply.Fault.PERMANENT, Reply.Fault.INTERRUPTED)) {
      Step.Outcome failed = failed(fault);
      assertThat(ended(first(2, 30_000), failed)).isEqualTo(new Move.End(failed));
    }
  }

  @Test
  void lateAnswer_isFollowedByTheNextSlot_whileThereIsTime() {
    Step.Outcome late = new Step.TooLate(attempt());
    assertThat(key(wakes(ended(first(2, 30_000), late)))).isEqualTo("mail#permit-2");
    assertThat(ended(first(2, 0), late)).isEqualTo(new Move.End(late));
  }

  @Test
  void foreignRow_endsTheAttempt_sinceAPermitLessMustNotGoUnnoticed() {
    Step.Outcome foreign = new Step.Foreign(attempt(), "its format is 2");
    assertThat(ended(first(2, 30_000), foreign)).isEqualTo(new Move.End(foreign));
  }

  @Test
  void rowThatNobodyMayTakeByTheClock_isBoundedByWatchingIt() {
    LockRow row = t.othersUnsynchronized("theirs", 0);
    Memory memory = Memory.EMPTY.after(new Reply.Refused(row), t.now());
    t.passes(LEASE_MILLIS + 10 - 3);
    Move.Try move = first(1, 30_000);
    Step.Outcome outcome = new Step.Busy(attempt(), row);
    Move.Pause pause = (Move.Pause) move.next().after(outcome, memory, t.now(), new Unshuffled());
    assertThat(pause.nanos()).isEqualTo(nanos(3));
  }

  private Step.Outcome failed(Reply.Fault fault) {
    return new Step.Failed(attempt(), Timeline.failure(fault, false));
  }

  /** The largest draw leaves the order as it is and jitters nothing down. */
  private record Unshuffled() implements Draws {
    @Override
    public String nonce() {
      return "mine";
    }

    @Override
    public double jitter() {
      return 0.999;
    }
  }

  private record SameDraw(double jitter) implements Draws {
    @Override
    public String nonce() {
      return "mine";
    }
  }
}
