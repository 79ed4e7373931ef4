package dev.holdfast.lock.internal.protocol;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What this JVM knows of one key from earlier answers; it outlives the call that learnt it.
 *
 * @param watchedLease the held row that is being watched; null when none was seen last
 * @param orphans nonces of ours that were given up unanswered and will never be handed out: a row
 *     that bears one is held by nobody
 * @param highestToken the largest fencing token seen
 * @param contentionHint how long winners waited lately; null where nobody said
 */
public record KeyObservations(
    @Nullable WatchedLease watchedLease,
    Set<String> orphans,
    long highestToken,
    @Nullable ContentionHint contentionHint) {
  private static final int MAX_ORPHANS = 64;

  /** Nothing is known. */
  public static final KeyObservations EMPTY = new KeyObservations(null, Set.of(), 0, null);

  /**
   * Validates and copies.
   *
   * @throws IllegalArgumentException if there are more orphans than are ever remembered
   */
  public KeyObservations {
    orphans = Collections.unmodifiableSet(new LinkedHashSet<>(orphans));
    if (orphans.size() > MAX_ORPHANS) {
      throw new IllegalArgumentException("at most " + MAX_ORPHANS + " orphans are remembered");
    }
  }

  /**
   * Learns from a reply. A held row goes on being watched from when it was first seen; any change
   * starts the watch again.
   *
   * @param reply what came back
   * @param received when it was received
   * @return what is known now
   */
  public KeyObservations afterReply(Reply reply, ClockReading received) {
    if (!(reply instanceof Reply.Rejected rejected && rejected.current() instanceof LockRow row)) {
      return this;
    }
    long token = Math.max(highestToken, row.version().token());
    ContentionHint hint = hintIn(row, received);
    return new KeyObservations(
        watchedLeaseAfter(row, received), orphans, token, hint == null ? contentionHint : hint);
  }

  /**
   * Remembers nonces that were given up.
   *
   * @param nonces never to be handed out from now on
   * @return what is known now
   */
  public KeyObservations withOrphans(Set<String> nonces) {
    return new KeyObservations(
        watchedLease, mergeOrphans(orphans, nonces), highestToken, contentionHint);
  }

  /** Both, up to the bound: the oldest are forgotten, which costs time, never safety. */
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
   * Learns that a lock was won: what was watched is gone. Nothing is kept of a key that nobody
   * contended for.
   *
   * @param hold what is held now
   * @param abandoned nonces given up on the way
   * @return what is known now
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

  /** What is known of waiting, unless it is stale. */
  @Nullable ContentionHint contentionHint(ClockReading now) {
    return contentionHint != null && contentionHint.isFresh(now) ? contentionHint : null;
  }

  /** The row that may be taken over whatever its lease says: ours, or watched for all of it. */
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
    boolean same = watchedLease != null && watchedLease.version().equals(row.version());
    return same ? watchedLease : WatchedLease.start(row, received);
  }
}
