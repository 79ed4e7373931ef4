package dev.holdfast.lock.internal.protocol;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An attempt to win one lock: what is wanted, until when, and what it came to so far.
 *
 * @param spec what is wanted
 * @param waitingSinceNanos monotonic time since when the caller waits
 * @param deadlineNanos monotonic time after which nothing more is tried
 * @param requestDeadlineNanos monotonic time by which every call must end
 * @param progress what it came to so far
 */
public record Attempt(
    AcquireSpec spec,
    long waitingSinceNanos,
    long deadlineNanos,
    long requestDeadlineNanos,
    Progress progress) {

  /**
   * What an attempt came to so far.
   *
   * @param retries bodies refused or failed
   * @param pauses how often it waited
   * @param orphans nonces given up, the newest last
   */
  public record Progress(int retries, int pauses, Set<String> orphans) {
    static final Progress NONE = new Progress(0, 0, Set.of());

    /** Copies the set. */
    public Progress {
      orphans = Collections.unmodifiableSet(new LinkedHashSet<>(orphans));
    }
  }

  /**
   * How long an attempt may take.
   *
   * @param maxWaitNanos how long to go on trying; 0 for a single try; negative for a single try
   *     within or at the end of a longer wait, whose call gets one attempt and no more
   * @param maxRequestNanos how long until every call must have ended
   * @param waitedNanos how long the caller has waited already
   */
  public record Limits(long maxWaitNanos, long maxRequestNanos, long waitedNanos) {
    static final long DEADLINE_PASSED = -1;

    /**
     * Limits of a caller that begins to wait.
     *
     * @param waitNanos as above
     * @param callsNanos as above
     */
    public Limits(long waitNanos, long callsNanos) {
      this(waitNanos, callsNanos, 0);
    }
  }

  /**
   * Begins an attempt.
   *
   * @param spec what is wanted
   * @param limits how long to try, and by when every call must end
   * @param now the clocks now
   * @return an attempt that has come to nothing yet
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
   * How many bodies were refused or failed so far.
   *
   * @return their number
   */
  public int retries() {
    return progress.retries();
  }

  /**
   * Nonces of ours that were given up and may still show up in a row.
   *
   * @return the newest last
   */
  public Set<String> orphans() {
    return progress.orphans();
  }

  /** A single try, with nothing before or after it: its call gets all the time there is. */
  boolean isTryAcquire() {
    return deadlineNanos == waitingSinceNanos;
  }

  /** The same attempt by a host whose wall clock is off. */
  public Attempt withoutWallClock() {
    return new Attempt(
        spec.withoutWallClock(), waitingSinceNanos, deadlineNanos, requestDeadlineNanos, progress);
  }

  boolean hasTimeLeft(ClockReading now) {
    return remainingWaitNanos(now) > 0;
  }

  /**
   * How long there is to wait.
   *
   * @param now the clocks now
   * @return nanoseconds; 0 or less when the deadline has passed
   */
  public long remainingWaitNanos(ClockReading now) {
    return deadlineNanos - now.monotonicNanos();
  }

  long remainingRequestNanos(ClockReading now) {
    return requestDeadlineNanos - now.monotonicNanos();
  }

  /** The write that takes the lock if its condition lets it, with a nonce of its own. */
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

  /** What this one tells others, should it win: who never waited has nothing to add. */
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

  /** How long to wait where the lock is held: as its winners' waits say, else doubling. */
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
