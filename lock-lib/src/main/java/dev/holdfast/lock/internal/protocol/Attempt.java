package dev.holdfast.lock.internal.protocol;

import dev.holdfast.lock.RandomSource;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Attempt to acquire one lock: the request, its deadlines and its progress.
 *
 * @param spec the request
 * @param waitingSinceNanos monotonic time at which the caller started to wait
 * @param deadlineNanos monotonic time of the last try
 * @param requestDeadlineNanos monotonic time by which every call ends
 * @param progress the progress so far
 */
public record Attempt(
    AcquireSpec spec,
    long waitingSinceNanos,
    long deadlineNanos,
    long requestDeadlineNanos,
    Progress progress) {

  /**
   * Progress of an attempt.
   *
   * @param retries number of writes that were rejected or failed
   * @param pauses number of pauses
   * @param orphans nonces of abandoned writes, the newest last
   */
  public record Progress(int retries, int pauses, Set<String> orphans) {
    static final Progress NONE = new Progress(0, 0, Set.of());

    /** Copies the set. */
    public Progress {
      orphans = Collections.unmodifiableSet(new LinkedHashSet<>(orphans));
    }
  }

  /**
   * Limits of an attempt.
   *
   * @param maxWaitNanos maximum wait; 0 for a single try; negative for a single try within or at
   *     the end of a longer wait, whose call is limited to one attempt
   * @param maxRequestNanos time until the request deadline
   * @param waitedNanos time that the caller has waited before
   */
  public record Limits(long maxWaitNanos, long maxRequestNanos, long waitedNanos) {
    static final long DEADLINE_PASSED = -1;

    /**
     * Creates the limits of a caller that starts to wait.
     *
     * @param waitNanos maximum wait, as above
     * @param callsNanos time until the request deadline
     */
    public Limits(long waitNanos, long callsNanos) {
      this(waitNanos, callsNanos, 0);
    }
  }

  /**
   * Starts an attempt.
   *
   * @param spec the request
   * @param limits the limits of the wait and of the calls
   * @param now the clocks now
   * @return the attempt, without progress
   */
  public static Attempt start(AcquireSpec spec, Limits limits, ClockReading now) {
    long start = now.monotonicNanos();
    return new Attempt(
        spec,
        start - limits.waitedNanos(),
        start + limits.maxWaitNanos(),
        start + limits.maxRequestNanos(),
        Progress.NONE);
  }

  /**
   * Returns the number of writes that were rejected or failed.
   *
   * @return the number of retries
   */
  public int retries() {
    return progress.retries();
  }

  /**
   * Returns the nonces of abandoned writes, which may still appear in a row.
   *
   * @return the nonces, the newest last
   */
  public Set<String> orphans() {
    return progress.orphans();
  }

  /**
   * Returns whether this is a single try outside of any wait. Its call gets all the time that is
   * left.
   */
  boolean isTryAcquire() {
    return deadlineNanos == waitingSinceNanos;
  }

  /** Returns the same attempt for a host with a wrong wall clock. */
  public Attempt withoutWallClock() {
    return new Attempt(
        spec.withoutWallClock(), waitingSinceNanos, deadlineNanos, requestDeadlineNanos, progress);
  }

  boolean hasTimeLeft(ClockReading now) {
    return remainingWaitNanos(now) > 0;
  }

  /**
   * Returns the time until the deadline.
   *
   * @param now the clocks now
   * @return nanoseconds; 0 or less after the deadline
   */
  public long remainingWaitNanos(ClockReading now) {
    return deadlineNanos - now.monotonicNanos();
  }

  long remainingRequestNanos(ClockReading now) {
    return requestDeadlineNanos - now.monotonicNanos();
  }

  /** Returns the next conditional write of this attempt, with a new nonce. */
  Write.Acquire nextWrite(
      ClockReading now, KeyObservations observations, RandomSource randomSource) {
    LockRow row =
        spec.newRow(
            now,
            randomSource.nonce(),
            observations.highestToken(),
            averageWaitMillis(now, observations));
    RowVersion takeoverCandidate =
        observations.withOrphans(orphans()).takeoverCandidate(now, spec.clockBounds());
    return new Write.Acquire(row, now.wallMillis(), spec.clockTakeover(now), takeoverCandidate);
  }

  /**
   * Returns the hint to store in the row. A caller that never paused leaves the average unchanged.
   */
  private @Nullable Long averageWaitMillis(ClockReading now, KeyObservations observations) {
    ContentionHint hint = observations.contentionHint(now);
    if (progress.pauses() == 0) {
      return hint == null ? null : hint.averageWaitMillis();
    }
    long ownWaitMillis = TimeUnit.NANOSECONDS.toMillis(elapsedWaitNanos(now));
    return hint == null ? ownWaitMillis : hint.averageWith(ownWaitMillis);
  }

  private long elapsedWaitNanos(ClockReading now) {
    return now.monotonicNanos() - waitingSinceNanos;
  }

  /**
   * Returns the backoff interval: from the hint in the row if there is one, otherwise exponential.
   */
  long backoffNanos(ClockReading now, KeyObservations observations, RandomSource randomSource) {
    ContentionHint hint = observations.contentionHint(now);
    return hint == null
        ? Backoff.exponential(progress.pauses() + 1, randomSource.jitter())
        : Backoff.contended(hint.averageWaitNanos(), elapsedWaitNanos(now), randomSource.jitter());
  }

  Attempt withRetry() {
    return withProgress(new Progress(retries() + 1, progress.pauses(), orphans()));
  }

  Attempt withPause() {
    return withProgress(new Progress(retries(), progress.pauses() + 1, orphans()));
  }

  Attempt withOrphans(Set<String> nonces) {
    Set<String> merged = KeyObservations.mergeOrphans(orphans(), nonces);
    return withProgress(new Progress(retries(), progress.pauses(), merged));
  }

  private Attempt withProgress(Progress newProgress) {
    return new Attempt(spec, waitingSinceNanos, deadlineNanos, requestDeadlineNanos, newProgress);
  }
}
