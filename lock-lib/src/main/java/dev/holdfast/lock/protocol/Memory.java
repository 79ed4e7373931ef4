package dev.holdfast.lock.protocol;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What this JVM knows of one key from earlier answers; it outlives the call that learnt it.
 *
 * @param watch the held row that is being watched; null when none was seen last
 * @param orphans nonces of ours that were given up unanswered and will never be handed out: a row
 *     that bears one is held by nobody
 * @param tokenSeen the largest fencing token seen
 * @param contention how long winners waited lately; null where nobody said
 */
public record Memory(
    @Nullable Watch watch, Set<String> orphans, long tokenSeen, @Nullable Contention contention) {
  private static final int ORPHANS_MAX = 64;

  /** Nothing is known. */
  public static final Memory EMPTY = new Memory(null, Set.of(), 0, null);

  /**
   * Validates and copies.
   *
   * @throws IllegalArgumentException if there are more orphans than are ever remembered
   */
  public Memory {
    orphans = Collections.unmodifiableSet(new LinkedHashSet<>(orphans));
    if (orphans.size() > ORPHANS_MAX) {
      throw new IllegalArgumentException("at most " + ORPHANS_MAX + " orphans are remembered");
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
  public Memory after(Reply reply, ClockReading received) {
    if (!(reply instanceof Reply.Refused refused && refused.current() instanceof LockRow row)) {
      return this;
    }
    long token = Math.max(tokenSeen, row.stamp().token());
    Contention told = told(row, received);
    return new Memory(watching(row, received), orphans, token, told == null ? contention : told);
  }

  /**
   * Remembers nonces that were given up.
   *
   * @param nonces never to be handed out from now on
   * @return what is known now
   */
  public Memory withOrphans(Set<String> nonces) {
    return new Memory(watch, newest(orphans, nonces), tokenSeen, contention);
  }

  /** Both, up to the bound: the oldest are forgotten, which costs time, never safety. */
  static Set<String> newest(Set<String> older, Set<String> newer) {
    if (newer.isEmpty()) {
      return older;
    }
    Set<String> all = new LinkedHashSet<>(older);
    all.removeAll(newer);
    all.addAll(newer);
    return all.stream()
        .skip(Math.max(0, all.size() - ORPHANS_MAX))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /**
   * Learns that a lock was won: what was watched is gone. Nothing is kept of a key that nobody
   * contended for.
   *
   * @param hold what is held now
   * @param givenUp nonces given up on the way
   * @return what is known now
   */
  public Memory granted(Hold hold, Set<String> givenUp) {
    long token = tokenSeen == 0 ? 0 : Math.max(tokenSeen, hold.row().stamp().token());
    Contention told = told(hold.row(), hold.confirmed().at());
    return new Memory(null, orphans, token, told).withOrphans(givenUp);
  }

  private static @Nullable Contention told(LockRow row, ClockReading at) {
    Long wait = row.isHeld() ? row.waitMillis() : null;
    return wait == null ? null : new Contention(wait, at.monotonicNanos());
  }

  /** What is known of waiting, unless it is stale. */
  @Nullable Contention contention(ClockReading now) {
    return contention != null && contention.isFresh(now) ? contention : null;
  }

  /** The row that may be taken over whatever its lease says: ours, or watched for all of it. */
  @Nullable Stamp ripe(ClockReading now, ClockBounds bounds) {
    if (watch == null) {
      return null;
    }
    boolean ours = orphans.contains(watch.stamp().nonce());
    return ours || watch.remainingNanos(now, bounds) <= 0 ? watch.stamp() : null;
  }

  private @Nullable Watch watching(LockRow row, ClockReading received) {
    if (!row.isHeld()) {
      return null;
    }
    boolean same = watch != null && watch.stamp().equals(row.stamp());
    return same ? watch : Watch.begin(row, received);
  }
}
