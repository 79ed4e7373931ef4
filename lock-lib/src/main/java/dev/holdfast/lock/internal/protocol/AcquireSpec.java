package dev.holdfast.lock.internal.protocol;

import org.jspecify.annotations.Nullable;

/**
 * What a caller wants to hold, for how long, and how far clocks are trusted.
 *
 * @param name the lock's name
 * @param leaseMillis length of the lease in milliseconds
 * @param clockBounds how far clocks are trusted
 * @param holderLabel who asks, for people
 * @param event the id of the event that is worked on; null where there is none
 * @param payloadHash tells duplicates with another payload; null where nobody asked for that
 */
public record AcquireSpec(
    String name,
    long leaseMillis,
    ClockBounds clockBounds,
    String holderLabel,
    @Nullable String event,
    @Nullable String payloadHash) {

  /**
   * The same wish by a host whose wall clock is off: it decides nothing.
   *
   * @return a claim that takes nothing over by wall clocks
   */
  public AcquireSpec withoutWallClock() {
    ClockBounds withoutSkew =
        new ClockBounds(null, clockBounds.driftPerMille(), clockBounds.writesTtl());
    return new AcquireSpec(name, leaseMillis, withoutSkew, holderLabel, event, payloadHash);
  }

  /** The same wish for another lock. */
  AcquireSpec withName(String newName) {
    return new AcquireSpec(newName, leaseMillis, clockBounds, holderLabel, event, payloadHash);
  }

  /**
   * The row of a lock that is held from now on.
   *
   * <p>The token is at least the wall clock in microseconds, so that it rises by itself where rows
   * were deleted, and above every token seen, so that it rises where clocks lag.
   */
  LockRow newRow(
      ClockReading now, String nonce, long highestToken, @Nullable Long averageWaitMillis) {
    long token = Math.max(now.wallMicros(), highestToken + 1);
    LeaseTerm leaseTerm = clockBounds.leaseTerm(leaseMillis, now.wallMillis() + leaseMillis);
    HolderInfo holderInfo =
        new HolderInfo(
            holderLabel, event, now.wallMillis(), new IdempotencyData(payloadHash, null));
    RowVersion version = new RowVersion(nonce, token, 0);
    return new LockRow(name, RowState.HELD, version, leaseTerm, holderInfo, averageWaitMillis);
  }

  /** How far this host's wall clock may take over; null where it may not. */
  Write.@Nullable ClockTakeover clockTakeover(ClockReading now) {
    Long maxSkewMillis = clockBounds.maxSkewMillis();
    return maxSkewMillis == null
        ? null
        : new Write.ClockTakeover(now.wallMillis() - maxSkewMillis, maxSkewMillis);
  }
}
