package dev.holdfast.lock.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Acquire attempt on manual clocks, which receives replies and returns steps. */
final class Timeline {
  static final long LEASE_MILLIS = 10_000;
  static final long SKEW_MILLIS = 1_000;
  static final ClockBounds BOUNDED = new ClockBounds(SKEW_MILLIS, 1, true);
  static final ClockBounds UNSYNCHRONIZED = new ClockBounds(null, 1, false);
  private static final long START_MICROS = 1_800_000_000_000_000L;

  private final AcquireSpec spec;
  private final long maxWaitMillis;
  private final CountingRandomSource randomSource = new CountingRandomSource();
  private KeyObservations observations = KeyObservations.EMPTY;
  private ClockReading now = new ClockReading(START_MICROS, 5);
  private @Nullable AcquireStep step;

  private Timeline(ClockBounds bounds, long maxWaitMillis) {
    this.spec = new AcquireSpec("order-1", LEASE_MILLIS, bounds, "me", null, null);
    this.maxWaitMillis = maxWaitMillis;
  }

  static Timeline tryAcquire() {
    return new Timeline(BOUNDED, 0);
  }

  static Timeline waiting(ClockBounds bounds, long maxWaitMillis) {
    return new Timeline(bounds, maxWaitMillis);
  }

  Timeline withObservations(KeyObservations newObservations) {
    observations = newObservations;
    return this;
  }

  Timeline start() {
    return start(TimeUnit.HOURS.toMillis(1));
  }

  Timeline start(long maxRequestMillis) {
    long maxWaitNanos = TimeUnit.MILLISECONDS.toNanos(maxWaitMillis);
    Attempt.Limits limits = new Attempt.Limits(maxWaitNanos, nanos(maxRequestMillis));
    step = AcquireProtocol.start(Attempt.start(spec, limits, now), now, observations, randomSource);
    return this;
  }

  /** Advances both clocks. */
  Timeline advance(long millis) {
    now = new ClockReading(now.wallMicros() + millis * 1_000, now.monotonicNanos() + nanos(millis));
    return this;
  }

  /** Advances the wall clock only. */
  Timeline jumpWallClock(long millis) {
    now = new ClockReading(now.wallMicros() + millis * 1_000, now.monotonicNanos());
    return this;
  }

  Timeline receive(Reply reply) {
    observations = observations.afterReply(reply, now);
    step = sendStep().next().onReply(reply, now, observations, randomSource);
    return this;
  }

  Timeline applied() {
    return receive(new Reply.Applied(new RowSnapshot.NoRow(), false));
  }

  Timeline rejectedBy(RowSnapshot row) {
    return receive(new Reply.Rejected(row));
  }

  Timeline unanswered() {
    return receive(failure(Reply.FailureKind.NO_REPLY, true));
  }

  /** Advances both clocks by the timeout of the call, without a reply. */
  Timeline timesOut() {
    long millis = TimeUnit.NANOSECONDS.toMillis(sendStep().timeouts().callNanos());
    return advance(millis).unanswered();
  }

  Timeline failsWith(Reply.FailureKind kind) {
    return receive(failure(kind, false));
  }

  static Reply.Failed failure(Reply.FailureKind kind, boolean mayHaveApplied) {
    return new Reply.Failed(kind, mayHaveApplied, new IllegalStateException(kind.name()));
  }

  /** Advances both clocks by the pause. */
  Timeline afterPause() {
    AcquireStep.Pause pause = pauseStep();
    now =
        new ClockReading(
            now.wallMicros() + TimeUnit.NANOSECONDS.toMicros(pause.nanos()),
            now.monotonicNanos() + pause.nanos());
    step = pause.next().onPauseEnd(now, observations, randomSource);
    return this;
  }

  Timeline afterCompensation() {
    step = compensateStep().then();
    return this;
  }

  AcquireStep.Send sendStep() {
    assertThat(step).isInstanceOf(AcquireStep.Send.class);
    return (AcquireStep.Send) step();
  }

  LockRow sentRow() {
    return sendStep().write().row();
  }

  AcquireStep.Pause pauseStep() {
    assertThat(step).isInstanceOf(AcquireStep.Pause.class);
    return (AcquireStep.Pause) step();
  }

  AcquireStep.Compensate compensateStep() {
    assertThat(step).isInstanceOf(AcquireStep.Compensate.class);
    return (AcquireStep.Compensate) step();
  }

  Hold acquiredHold() {
    assertThat(step).isInstanceOf(AcquireStep.Acquired.class);
    return ((AcquireStep.Acquired) step()).hold();
  }

  AcquireStep step() {
    return Objects.requireNonNull(step);
  }

  KeyObservations observations() {
    return observations;
  }

  ClockReading now() {
    return now;
  }

  /** Returns a row that another host writes now. */
  LockRow otherRow(RowState state, String nonce, long version) {
    LeaseTerm leaseTerm = BOUNDED.leaseTerm(LEASE_MILLIS, now.wallMillis() + LEASE_MILLIS);
    return new LockRow("order-1", state, otherVersion(nonce, version), leaseTerm, otherHolder());
  }

  LockRow otherUnsynchronizedRow(String nonce, long version) {
    LeaseTerm leaseTerm = UNSYNCHRONIZED.leaseTerm(LEASE_MILLIS, now.wallMillis() + LEASE_MILLIS);
    return new LockRow(
        "order-1", RowState.HELD, otherVersion(nonce, version), leaseTerm, otherHolder());
  }

  LockRow rowWithHigherToken(RowState state, long tokenOffset) {
    RowVersion version = new RowVersion("ahead", now.wallMicros() + tokenOffset, 0);
    LeaseTerm leaseTerm = BOUNDED.leaseTerm(LEASE_MILLIS, now.wallMillis() - 2 * SKEW_MILLIS);
    return new LockRow("order-1", state, version, leaseTerm, otherHolder());
  }

  private RowVersion otherVersion(String nonce, long version) {
    return new RowVersion(nonce, now.wallMicros() - 1_000, version);
  }

  private HolderInfo otherHolder() {
    return new HolderInfo("other", "event-9", now.wallMillis(), IdempotencyData.NONE);
  }

  static long nanos(long millis) {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }

  private static final class CountingRandomSource implements RandomSource {
    private int nonceCount;

    @Override
    public String nonce() {
      nonceCount++;
      return "mine-" + nonceCount;
    }

    @Override
    public double jitter() {
      return 0.5;
    }
  }
}
