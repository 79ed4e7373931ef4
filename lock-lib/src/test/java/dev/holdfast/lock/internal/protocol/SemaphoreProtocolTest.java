package dev.holdfast.lock.internal.protocol;

import static dev.holdfast.lock.internal.protocol.Timeline.LEASE_MILLIS;
import static dev.holdfast.lock.internal.protocol.Timeline.SKEW_MILLIS;
import static dev.holdfast.lock.internal.protocol.Timeline.nanos;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lock.internal.protocol.SemaphoreProtocol.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SemaphoreProtocolTest {
  private static final long MAX_REQUEST_NANOS = nanos(60_000);
  private static final AcquireSpec SPEC =
      new AcquireSpec("mail", LEASE_MILLIS, Timeline.BOUNDED, "me", null, null);

  private final Timeline t = Timeline.tryAcquire();

  private SemaphoreProtocol started(int permitCount, long maxWaitMillis) {
    Attempt.Limits limits = new Attempt.Limits(nanos(maxWaitMillis), MAX_REQUEST_NANOS);
    return SemaphoreProtocol.start(SPEC, permitCount, limits, t.now(), new MaxJitter());
  }

  private Step.Acquire first(int permitCount, long maxWaitMillis) {
    return started(permitCount, maxWaitMillis).next(t.now());
  }

  private static Attempt attempt() {
    return Timeline.tryAcquire().start().sendStep().next().attempt();
  }

  private LockRow held(String nonce) {
    return t.otherRow(RowState.HELD, nonce, 0);
  }

  private Step rejected(Step step, LockRow row) {
    KeyObservations observations =
        KeyObservations.EMPTY.afterReply(new Reply.Rejected(row), t.now());
    AcquireStep.Outcome outcome = new AcquireStep.Busy(attempt(), row);
    return ((Step.Acquire) step)
        .next()
        .afterAttempt(outcome, observations, t.now(), new MaxJitter());
  }

  private Step afterOutcome(Step step, AcquireStep.Outcome outcome) {
    return ((Step.Acquire) step)
        .next()
        .afterAttempt(outcome, KeyObservations.EMPTY, t.now(), new MaxJitter());
  }

  private Step.Acquire afterPause(Step step) {
    Step.Pause pause = (Step.Pause) step;
    t.advance(TimeUnit.NANOSECONDS.toMillis(pause.nanos()));
    return pause.next().next(t.now());
  }

  private static String key(Step step) {
    return ((Step.Acquire) step).spec().name();
  }

  @Test
  void order_isRandom_andContainsEachPermitOnce() {
    Set<List<String>> orders = new HashSet<>();
    for (double jitter : List.of(0.0, 0.2, 0.4, 0.6, 0.8, 0.999)) {
      Attempt.Limits limits = new Attempt.Limits(0, MAX_REQUEST_NANOS);
      RandomSource randomSource = new FixedJitter(jitter);
      orders.add(
          SemaphoreProtocol.start(SPEC, 5, limits, t.now(), randomSource).permits().stream()
              .map(Permit::key)
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
  void acquiredPermit_endsTheAttempt() {
    AcquireStep.Outcome acquired =
        (AcquireStep.Outcome) Timeline.tryAcquire().start().applied().step();
    assertThat(afterOutcome(first(3, 0), acquired)).isEqualTo(new Step.End(acquired));
  }

  @Test
  void firstRound_triesEachPermitWithoutPause_evenWithoutMaxWait() {
    Step step = first(3, 0);
    List<String> keys = new ArrayList<>(List.of(key(step)));
    assertThat(((Step.Acquire) step).limits()).isEqualTo(new Attempt.Limits(0, MAX_REQUEST_NANOS));
    step = rejected(step, held("a"));
    keys.add(key(step));
    step = rejected(step, held("b"));
    keys.add(key(step));
    assertThat(keys).containsExactly("mail#permit-1", "mail#permit-2", "mail#permit-3");
    assertThat(rejected(step, held("c"))).isInstanceOf(Step.End.class);
  }

  @Test
  void busyAfterTheFirstRound_returnsTheRowThatExpiresFirst() {
    LockRow early = held("early");
    t.advance(500);
    Step step = rejected(first(3, 0), held("late"));
    step = rejected(step, early);
    Step.End end = (Step.End) rejected(step, held("later"));
    assertThat(((AcquireStep.Busy) end.outcome()).row()).isEqualTo(early);
  }

  @Test
  void laterRounds_tryOnePermitAfterEachPause_inTheSameOrder() {
    Step step = rejected(rejected(first(2, 30_000), held("a")), held("b"));
    step = afterPause(step);
    assertThat(key(step)).isEqualTo("mail#permit-1");
    step = afterPause(rejected(step, held("a")));
    assertThat(key(step)).isEqualTo("mail#permit-2");
    assertThat(rejected(step, held("b"))).isInstanceOf(Step.Pause.class);
  }

  @Test
  void pauses_growAsForASingleLock() {
    Step step = rejected(first(1, 30_000), held("a"));
    assertThat(((Step.Pause) step).nanos())
        .isEqualTo(Backoff.truncate(Backoff.exponential(1, 0.999), nanos(9_000), nanos(9_000)));
    step = rejected(afterPause(step), held("a"));
    assertThat(((Step.Pause) step).nanos())
        .isEqualTo(Backoff.truncate(Backoff.exponential(2, 0.999), nanos(9_000), nanos(9_000)));
  }

  @Test
  void pause_endsWithTheEarliestLease_andThatPermitIsNext() {
    LockRow crashed = held("crashed");
    t.advance(LEASE_MILLIS + SKEW_MILLIS - 7);
    Step step = rejected(first(3, 30_000), held("a"));
    step = rejected(step, crashed);
    step = rejected(step, held("c"));
    assertThat(((Step.Pause) step).nanos()).isEqualTo(nanos(7));
    assertThat(key(afterPause(step))).isEqualTo("mail#permit-2");
  }

  @Test
  void duePermit_rejectedAgain_boundsNoPauseAndIsNotPreferred() {
    LockRow crashed = held("crashed");
    t.advance(LEASE_MILLIS + SKEW_MILLIS + 1);
    Step step = rejected(rejected(first(2, 30_000), crashed), held("b"));
    assertThat(((Step.Pause) step).nanos()).isGreaterThan(nanos(20));
    step = rejected(afterPause(step), crashed);
    assertThat(key(afterPause(step))).isEqualTo("mail#permit-2");
  }

  @Test
  void completedPermit_isUnavailableUntilItsRetentionEnds() {
    LockRow completed = t.otherRow(RowState.COMPLETED, "theirs", 0);
    t.advance(LEASE_MILLIS - 5);
    AcquireStep.Outcome outcome = new AcquireStep.Completed(attempt(), completed);
    Step step = afterOutcome(first(1, 30_000), outcome);
    assertThat(((Step.Pause) step).nanos()).isEqualTo(nanos(5));
    assertThat(afterOutcome(first(1, 0), outcome))
        .isEqualTo(new Step.End(new AcquireStep.Busy(outcome.attempt(), completed)));
  }

  @Test
  void permitCompletedForYears_boundsNoPause() {
    LeaseTerm leaseTerm = new LeaseTerm(LEASE_MILLIS, 250_000_000_000_000L, SKEW_MILLIS, null);
    LockRow other = t.otherRow(RowState.COMPLETED, "theirs", 0);
    LockRow completed =
        new LockRow("mail", RowState.COMPLETED, other.version(), leaseTerm, other.holderInfo());
    Step step = afterOutcome(first(1, 30_000), new AcquireStep.Completed(attempt(), completed));
    assertThat(((Step.Pause) step).nanos()).isBetween(nanos(24), nanos(25));
  }

  @Test
  void permitWithFreeRow_rejectedRepeatedly_boundsNoPause() {
    Step step = rejected(first(1, 30_000), t.otherRow(RowState.FREE, "theirs", 0));
    assertThat(((Step.Pause) step).nanos()).isBetween(nanos(24), nanos(25));
  }

  @Test
  void negativeMonotonicClock_isSupported() {
    ClockReading before = new ClockReading(t.now().wallMicros(), Long.MIN_VALUE + 5);
    LockRow row = held("theirs");
    Permit permit = Permit.of("mail", 1).blockedBy(row, nanos(7), before);
    assertThat(permit.remainingNanos(before)).isEqualTo(nanos(7));
    assertThat(permit.isDue(before)).isFalse();
    ClockReading after = new ClockReading(t.now().wallMicros(), Long.MIN_VALUE + 5 + nanos(7));
    assertThat(permit.isDue(after)).isTrue();
  }

  @Test
  void lastRetry_isSentAtTheDeadline() {
    Step step = rejected(first(1, 10), held("a"));
    assertThat(((Step.Pause) step).nanos()).isEqualTo(nanos(10));
    assertThat(rejected(afterPause(step), held("a"))).isInstanceOf(Step.End.class);
  }

  @Test
  void firstRound_endsAtTheRequestDeadline() {
    Step step = first(3, 0);
    t.advance(60_000);
    assertThat(rejected(step, held("a"))).isInstanceOf(Step.End.class);
  }

  @Test
  void transientFailure_isFollowedByAPauseAndTheNextPermit() {
    Step step = afterOutcome(first(2, 30_000), failed(Reply.FailureKind.THROTTLED));
    assertThat(key(afterPause(step))).isEqualTo("mail#permit-2");
    step = afterOutcome(first(2, 30_000), failed(Reply.FailureKind.NO_REPLY));
    assertThat(key(afterPause(step))).isEqualTo("mail#permit-2");
  }

  @Test
  void failure_withoutTimeLeft_endsTheAttempt() {
    AcquireStep.Outcome failed = failed(Reply.FailureKind.THROTTLED);
    assertThat(afterOutcome(first(2, 0), failed)).isEqualTo(new Step.End(failed));
  }

  @Test
  void permanentFailure_endsTheAttempt() {
    for (Reply.FailureKind kind :
        List.of(Reply.FailureKind.PERMANENT, Reply.FailureKind.INTERRUPTED)) {
      AcquireStep.Outcome failed = failed(kind);
      assertThat(afterOutcome(first(2, 30_000), failed)).isEqualTo(new Step.End(failed));
    }
  }

  @Test
  void expiredLease_isFollowedByTheNextPermit_whileTimeIsLeft() {
    AcquireStep.Outcome expired = new AcquireStep.LeaseExpired(attempt());
    assertThat(key(afterPause(afterOutcome(first(2, 30_000), expired)))).isEqualTo("mail#permit-2");
    assertThat(afterOutcome(first(2, 0), expired)).isEqualTo(new Step.End(expired));
  }

  @Test
  void unrecognizedRow_endsTheAttempt() {
    AcquireStep.Outcome unrecognized =
        new AcquireStep.UnrecognizedRow(attempt(), "its format is 2");
    assertThat(afterOutcome(first(2, 30_000), unrecognized)).isEqualTo(new Step.End(unrecognized));
  }

  @Test
  void rowWithoutClockTakeover_pauseEndsWithTheWatchedLease() {
    LockRow row = t.otherUnsynchronizedRow("theirs", 0);
    KeyObservations observations =
        KeyObservations.EMPTY.afterReply(new Reply.Rejected(row), t.now());
    t.advance(LEASE_MILLIS + 10 - 3);
    Step.Acquire step = first(1, 30_000);
    AcquireStep.Outcome outcome = new AcquireStep.Busy(attempt(), row);
    Step.Pause pause =
        (Step.Pause) step.next().afterAttempt(outcome, observations, t.now(), new MaxJitter());
    assertThat(pause.nanos()).isEqualTo(nanos(3));
  }

  private AcquireStep.Outcome failed(Reply.FailureKind kind) {
    return new AcquireStep.Failed(attempt(), Timeline.failure(kind, false));
  }

  /** Random source with the largest jitter, which keeps the order and shortens no pause. */
  private record MaxJitter() implements RandomSource {
    @Override
    public String nonce() {
      return "mine";
    }

    @Override
    public double jitter() {
      return 0.999;
    }
  }

  private record FixedJitter(double jitter) implements RandomSource {
    @Override
    public String nonce() {
      return "mine";
    }
  }
}
