package dev.holdfast.lock.internal.protocol;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Knowledge of this JVM about one key from earlier replies. It outlives the call that received
 * them.
 *
 * @param watchedLease the held row of the last reply; null if the last row was not held
 * @param orphans nonces of this JVM's abandoned writes; a row with one of them belongs to nobody
 * @param highestToken the largest observed fencing token
 * @param contentionHint average wait of recent holders; null if unknown
 */
public record KeyObservations(
    @Nullable WatchedLease watchedLease,
    Set<String> orphans,
    long highestToken,
    @Nullable ContentionHint contentionHint) {
  private static final int MAX_ORPHANS = 64;

  /** No observations. */
  public static final KeyObservations EMPTY = new KeyObservations(null, Set.of(), 0, null);

  /**
   * Validates and copies the orphans.
   *
   * @throws IllegalArgumentException if there are more than 64 orphans
   */
  public KeyObservations {
    orphans = Collections.unmodifiableSet(new LinkedHashSet<>(orphans));
    if (orphans.size() > MAX_ORPHANS) {
      throw new IllegalArgumentException(
          "orphans must be at most " + MAX_ORPHANS + ", got " + orphans.size());
    }
  }

  /**
   * Records a reply. An unchanged held row is watched from its first reply on; another nonce or
   * version restarts the watch.
   *
   * @param reply the reply
   * @param received the clocks when it arrived
   * @return the new observations
   */
  public KeyObservations afterReply(Reply reply, ClockReading received) {
    if (!(reply instanceof Reply.Rejected rejected && rejected.current() instanceof LockRow row)) {
      return this;
    }
    long token =
        row.allowsLargerToken() ? Math.max(highestToken, row.version().token()) : highestToken;
    ContentionHint hint = hintIn(row, received);
    return new KeyObservations(
        watchedLeaseAfter(row, received), orphans, token, hint == null ? contentionHint : hint);
  }

  /**
   * Records nonces of abandoned writes.
   *
   * @param nonces the abandoned nonces
   * @return the new observations
   */
  public KeyObservations withOrphans(Set<String> nonces) {
    return new KeyObservations(
        watchedLease, mergeOrphans(orphans, nonces), highestToken, contentionHint);
  }

  /** Merges both sets up to the maximum. Dropping the oldest nonces costs time but not safety. */
  static Set<String> mergeOrphans(Set<String> older, Set<String> newer) {
    if (newer.isEmpty()) {
      return older;
    }
    Set<String> merged = new LinkedHashSet<>(older);
    merged.removeAll(newer);
    merged.addAll(newer);
    return merged.stream()
        .skip(Math.max(0, merged.size() - MAX_ORPHANS))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /**
   * Records an acquired lock, which ends the watch. Keeps nothing of an uncontended key.
   *
   * @param hold the new hold
   * @param abandoned nonces that the attempt abandoned
   * @return the new observations
   */
  public KeyObservations afterAcquire(Hold hold, Set<String> abandoned) {
    long token = highestToken == 0 ? 0 : Math.max(highestToken, hold.row().version().token());
    ContentionHint hint = hintIn(hold.row(), hold.confirmed().validFrom());
    return new KeyObservations(null, orphans, token, hint).withOrphans(abandoned);
  }

  private static @Nullable ContentionHint hintIn(LockRow row, ClockReading at) {
    Long averageWait = row.isHeld() ? row.averageWaitMillis() : null;
    return averageWait == null ? null : new ContentionHint(averageWait, at.monotonicNanos());
  }

  /** Returns the contention hint, unless it has expired. */
  @Nullable ContentionHint contentionHint(ClockReading now) {
    return contentionHint != null && contentionHint.isFresh(now) ? contentionHint : null;
  }

  /**
   * Returns the row that may be taken over regardless of clocks: an orphan of this JVM, or a row
   * that was watched for its whole lease.
   */
  @Nullable RowVersion takeoverCandidate(ClockReading now, ClockBounds bounds) {
    if (watchedLease == null) {
      return null;
    }
    boolean orphan = orphans.contains(watchedLease.version().nonce());
    return orphan || watchedLease.remainingNanos(now, bounds) <= 0 ? watchedLease.version() : null;
  }

  private @Nullable WatchedLease watchedLeaseAfter(LockRow row, ClockReading received) {
    if (!row.isHeld()) {
      return null;
    }
    boolean same = watchedLease != null && watchedLease.isOf(row);
    return same ? watchedLease : WatchedLease.start(row, received);
  }
}
