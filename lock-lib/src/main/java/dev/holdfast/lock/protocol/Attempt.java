package dev.holdfast.lock.protocol;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An attempt to win one lock: what is wanted, until when, and what it came to so far.
 *
 * @param claim what is wanted
 * @param sinceNanos monotonic time since when the caller waits
 * @param deadlineNanos monotonic time after which nothing more is tried
 * @param callsEndNanos monotonic time by which every call must end
 * @param progress what it came to so far
 */
public record Attempt(
    Claim claim, long sinceNanos, long deadlineNanos, long callsEndNanos, Progress progress) {

  /**
   * What an attempt came to so far.
   *
   * @param tries bodies refused or failed
   * @param pauses how often it waited
   * @param orphans nonces given up, the newest last
   */
  public record Progress(int tries, int pauses, Set<String> orphans) {
    static final Progress NONE = new Progress(0, 0, Set.of());

    /** Copies the set. */
    public Progress {
      orphans = Collections.unmodifiableSet(new LinkedHashSet<>(orphans));
    }
  }

  /**
   * How long an attempt may take.
   *
   * @param waitNanos how long to go on trying; 0 for a single try; negative for a single try within
   *     or at the end of a longer wait, whose call gets one attempt and no more
   * @param callsNanos how long until every call must have ended
   * @param waitedNanos how long the caller has waited already
   */
  public record Limits(long waitNanos, long callsNanos, long waitedNanos) {
    static final long PAST = -1;

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
   * @param claim what is wanted
   * @param limits how long to try, and by when every call must end
   * @param now the clocks now
   * @return an attempt that has come to nothing yet
   */
  public static Attempt begin(Claim claim, Limits limits, ClockReading now) {
    long start = now.monotonicNanos();
    return new Attempt(
        claim,
        start - limits.waitedNanos(),
        start + limits.waitNanos(),
        start + limits.callsNanos(),
        Progress.NONE);
  }

  /**
   * How many bodies were refused or failed so far.
   *
   * @return their number
   */
  public int tries() {
    return progress.tries();
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
  boolean isSingleTry() {
    return deadlineNanos == sinceNanos;
  }

  /** The same attempt by a host whose wall clock is off. */
  public Attempt distrustingWall() {
    return new Attempt(claim.distrustingWall(), sinceNanos, deadlineNanos, callsEndNanos, progress);
  }

  boolean hasTime(ClockReading now) {
    return waitNanos(now) > 0;
  }

  /**
   * How long there is to wait.
   *
   * @param now the clocks now
   * @return nanoseconds; 0 or less when the deadline has passed
   */
  public long waitNanos(ClockReading now) {
    return deadlineNanos - now.monotonicNanos();
  }

  long callsNanos(ClockReading now) {
    return callsEndNanos - now.monotonicNanos();
  }

  /** The write that takes the lock if its condition lets it, with a nonce of its own. */
  Write.Acquire body(ClockReading now, Memory memory, Draws draws) {
    LockRow row = claim.row(now, draws.nonce(), memory.tokenSeen(), waitMillis(now, memory));
    Stamp ripe = memory.withOrphans(orphans()).ripe(now, claim.bounds());
    return new Write.Acquire(row, now.wallMillis(), claim.byClock(now), ripe);
  }

  /** What this one tells others, should it win: who never waited has nothing to add. */
  private @Nullable Long waitMillis(ClockReading now, Memory memory) {
    Contention known = memory.contention(now);
    if (progress.pauses() == 0) {
      return known == null ? null : known.waitMillis();
    }
    long own = TimeUnit.NANOSECONDS.toMillis(ownWaitNanos(now));
    return known == null ? own : known.averageWith(own);
  }

  private long ownWaitNanos(ClockReading now) {
    return now.monotonicNanos() - sinceNanos;
  }

  /** How long to wait where the lock is held: as its winners' waits say, else doubling. */
  long intervalNanos(ClockReading now, Memory memory, Draws draws) {
    Contention known = memory.contention(now);
    return known == null
        ? Waiting.doubled(progress.pauses() + 1, draws.jitter())
        : Waiting.share(known.waitNanos(), ownWaitNanos(now), draws.jitter());
  }

  Attempt triedAgain() {
    return with(new Progress(tries() + 1, progress.pauses(), orphans()));
  }

  Attempt paused() {
    return with(new Progress(tries(), progress.pauses() + 1, orphans()));
  }

  Attempt givingUp(Set<String> nonces) {
    Set<String> more = Memory.newest(orphans(), nonces);
    return with(new Progress(tries(), progress.pauses(), more));
  }

  private Attempt with(Progress other) {
    return new Attempt(claim, sinceNanos, deadlineNanos, callsEndNanos, other);
  }
}
