package dev.holdfast.lock.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One attempt on clocks that are moved by hand: replies go in, steps come out. */
final class Timeline {
  static final long LEASE_MILLIS = 10_000;
  static final long SKEW_MILLIS = 1_000;
  static final ClockBounds BOUNDED = new ClockBounds(SKEW_MILLIS, 1, true);
  static final ClockBounds UNSYNCHRONIZED = new ClockBounds(null, 1, false);
  private static final long START_MICROS = 1_800_000_000_000_000L;

  private final Claim claim;
  private final long waitMillis;
  private final CountingDraws draws = new CountingDraws();
  private Memory memory = Memory.EMPTY;
  private ClockReading now = new ClockReading(START_MICROS, 5);
  private @Nullable Step step;

  private Timeline(ClockBounds bounds, long waitMillis) {
    this.claim = new Claim("order-1", LEASE_MILLIS, bounds, "me", null, null);
    this.waitMillis = waitMillis;
  }

  static Timeline tryOnce() {
    return new Timeline(BOUNDED, 0);
  }

  static Timeline waiting(ClockBounds bounds, long waitMillis) {
    return new Timeline(bounds, waitMillis);
  }

  Timeline knowing(Memory known) {
    memory = known;
    return this;
  }

  Timeline start() {
    long wait = TimeUnit.MILLISECONDS.toNanos(waitMillis);
    Attempt.Limits limits = new Attempt.Limits(wait, TimeUnit.HOURS.toNanos(1));
    step = Acquiring.start(Attempt.begin(claim, limits, now), now, memory, draws);
    return this;
  }

  /** Both clocks go on alike. */
  Timeline passes(long millis) {
    now = new ClockReading(now.wallMicros() + millis * 1_000, now.monotonicNanos() + nanos(millis));
    return this;
  }

  /** Somebody sets the wall clock. */
  Timeline wallJumps(long millis) {
    now = new ClockReading(now.wallMicros() + millis * 1_000, now.monotonicNanos());
    return this;
  }

  Timeline reply(Reply reply) {
    memory = memory.after(reply, now);
    step = sent().next().onReply(reply, now, memory, draws);
    return this;
  }

  Timeline applied() {
    return reply(new Reply.Applied(new Seen.NoRow(), false));
  }

  Timeline refusedBy(Seen row) {
    return reply(new Reply.Refused(row));
  }

  Timeline unanswered() {
    return reply(failure(Reply.Fault.NO_ANSWER, true));
  }

  Timeline fails(Reply.Fault fault) {
    return reply(failure(fault, false));
  }

  static Reply.Failed failure(Reply.Fault fault, boolean mayHaveApplied) {
    return new Reply.Failed(fault, mayHaveApplied, new IllegalStateException(fault.name()));
  }

  /** Sleeps as long as the pause asks for. */
  Timeline wakes() {
    Step.Pause pause = paused();
    now =
        new ClockReading(
            now.wallMicros() + TimeUnit.NANOSECONDS.toMicros(pause.nanos()),
            now.monotonicNanos() + pause.nanos());
    step = pause.next().onWake(now, memory, draws);
    return this;
  }

  Timeline abandons() {
    step = abandon().then();
    return this;
  }

  Step.Send sent() {
    assertThat(step).isInstanceOf(Step.Send.class);
    return (Step.Send) step();
  }

  LockRow body() {
    return sent().write().row();
  }

  Step.Pause paused() {
    assertThat(step).isInstanceOf(Step.Pause.class);
    return (Step.Pause) step();
  }

  Step.Abandon abandon() {
    assertThat(step).isInstanceOf(Step.Abandon.class);
    return (Step.Abandon) step();
  }

  Hold granted() {
    assertThat(step).isInstanceOf(Step.Granted.class);
    return ((Step.Granted) step()).hold();
  }

  Step step() {
    return Objects.requireNonNull(step);
  }

  Memory memory() {
    return memory;
  }

  ClockReading now() {
    return now;
  }

  /** A row that another host wrote at this moment. */
  LockRow others(RowState state, String nonce, long version) {
    Term term = BOUNDED.term(LEASE_MILLIS, now.wallMillis() + LEASE_MILLIS);
    return new LockRow("order-1", state, stamp(nonce, version), term, claimant());
  }

  LockRow othersUnsynchronized(String nonce, long version) {
    Term term = UNSYNCHRONIZED.term(LEASE_MILLIS, now.wallMillis() + LEASE_MILLIS);
    return new LockRow("order-1", RowState.HELD, stamp(nonce, version), term, claimant());
  }

  LockRow ahead(RowState state, long tokenLead) {
    Stamp stamp = new Stamp("ahead", now.wallMicros() + tokenLead, 0);
    Term term = BOUNDED.term(LEASE_MILLIS, now.wallMillis() - 2 * SKEW_MILLIS);
    return new LockRow("order-1", state, stamp, term, claimant());
  }

  private Stamp stamp(String nonce, long version) {
    return new Stamp(nonce, now.wallMicros() - 1_000, version);
  }

  private Claimant claimant() {
    return new Claimant("other", "event-9", now.wallMillis(), Memo.NONE);
  }

  static long nanos(long millis) {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }

  private static final class CountingDraws implements Draws {
    private int drawn;

    @Override
    public String nonce() {
      drawn++;
      return "mine-" + drawn;
    }

    @Override
    public double jitter() {
      return 0.5;
    }
  }
}
