package dev.holdfast.lock.protocol;

import org.jspecify.annotations.Nullable;

/**
 * What a caller wants to hold, for how long, and how far clocks are trusted.
 *
 * @param name the lock's name
 * @param leaseMillis length of the lease in milliseconds
 * @param bounds how far clocks are trusted
 * @param holder who asks, for people
 * @param event the id of the event that is worked on; null where there is none
 * @param payloadHash tells duplicates with another payload; null where nobody asked for that
 */
public record Claim(
    String name,
    long leaseMillis,
    ClockBounds bounds,
    String holder,
    @Nullable String event,
    @Nullable String payloadHash) {

  /**
   * The same wish by a host whose wall clock is off: it decides nothing.
   *
   * @return a claim that takes nothing over by wall clocks
   */
  public Claim distrustingWall() {
    ClockBounds distrusting = new ClockBounds(null, bounds.driftPerMille(), bounds.ttlWanted());
    return new Claim(name, leaseMillis, distrusting, holder, event, payloadHash);
  }

  /** The same wish for another lock. */
  Claim named(String other) {
    return new Claim(other, leaseMillis, bounds, holder, event, payloadHash);
  }

  /**
   * The row of a lock that is held from now on.
   *
   * <p>The token is at least the wall clock in microseconds, so that it rises by itself where rows
   * were deleted, and above every token seen, so that it rises where clocks lag.
   */
  LockRow row(ClockReading now, String nonce, long tokenSeen, @Nullable Long waitMillis) {
    long token = Math.max(now.wallMicros(), tokenSeen + 1);
    Term term = bounds.term(leaseMillis, now.wallMillis() + leaseMillis);
    Claimant claimant = new Claimant(holder, event, now.wallMillis(), new Memo(payloadHash, null));
    Stamp stamp = new Stamp(nonce, token, 0);
    return new LockRow(name, RowState.HELD, stamp, term, claimant, waitMillis);
  }

  /** How far this host's wall clock may take over; null where it may not. */
  Write.@Nullable TakeOverByClock byClock(ClockReading now) {
    Long skew = bounds.skewMillisMax();
    return skew == null ? null : new Write.TakeOverByClock(now.wallMillis() - skew, skew);
  }
}
