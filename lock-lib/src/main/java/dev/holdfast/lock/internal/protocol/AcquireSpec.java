package dev.holdfast.lock.internal.protocol;

import org.jspecify.annotations.Nullable;

/**
 * Request for one lock: its name, its lease and the assumptions about clocks.
 *
 * @param name the lock's name
 * @param leaseMillis lease duration in milliseconds
 * @param clockBounds assumptions about clocks
 * @param holderLabel description of the caller, for people
 * @param event id of the event that the caller processes; null if there is none
 * @param payloadHash hash that detects duplicates with another payload; null if not requested
 */
public record AcquireSpec(
    String name,
    long leaseMillis,
    ClockBounds clockBounds,
    String holderLabel,
    @Nullable String event,
    @Nullable String payloadHash) {

  /**
   * Returns the same request for a host with a wrong wall clock, which must not take over by clock.
   *
   * @return a request without takeover by wall clocks
   */
  public AcquireSpec withoutWallClock() {
    ClockBounds withoutSkew =
        new ClockBounds(null, clockBounds.driftPerMille(), clockBounds.writesTtl());
    return new AcquireSpec(name, leaseMillis, withoutSkew, holderLabel, event, payloadHash);
  }

  /** Returns the same request for another lock. */
  AcquireSpec withName(String newName) {
    return new AcquireSpec(newName, leaseMillis, clockBounds, holderLabel, event, payloadHash);
  }

  /**
   * Returns the row of a lock that is held from now on.
   *
   * <p>The token is at least the wall clock in microseconds, so that it rises after a row was
   * deleted. It is also above every observed token, so that it rises on a host with a late clock.
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

  /** Returns the bounds of a takeover by wall clock; null if clocks are not trusted. */
  Write.@Nullable ClockTakeover clockTakeover(ClockReading now) {
    Long maxSkewMillis = clockBounds.maxSkewMillis();
    return maxSkewMillis == null
        ? null
        : new Write.ClockTakeover(now.wallMillis() - maxSkewMillis, maxSkewMillis);
  }
}
