package dev.holdfast.verification.simulation;

import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.HeldMultiLock;
import dev.holdfast.lock.ReleaseOutcome;
import dev.holdfast.verification.support.Invariant;
import java.time.Duration;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** An acquired permit or multi-lock, and the calls of its owner. */
final class TrackedHold {
  private static final long MIN_LEASE_MILLIS = 1_000;
  private static final int LEASE_MILLIS_RANGE = 9_000;

  private final Host host;
  private final BooleanSupplier heldCondition;
  private final Consumer<Duration> renewal;
  private final Supplier<ReleaseOutcome> release;
  private boolean inUse;
  private boolean ended;

  private TrackedHold(
      Host host,
      BooleanSupplier heldCondition,
      Consumer<Duration> renewal,
      Supplier<ReleaseOutcome> release) {
    this.host = host;
    this.heldCondition = heldCondition;
    this.renewal = renewal;
    this.release = release;
  }

  static TrackedHold of(Host host, HeldLock lock) {
    return new TrackedHold(host, lock::isHeld, lock::renew, lock::release);
  }

  static TrackedHold of(Host host, HeldMultiLock multiLock) {
    return new TrackedHold(host, multiLock::isHeld, multiLock::renew, multiLock::release);
  }

  /** Returns whether a call on it can be made now. The calls of one owner are sequential. */
  boolean isUsable() {
    return !inUse && !ended && !host.clock().isCrashed();
  }

  void renewOrRelease(Random random) {
    host.clock().thaw();
    inUse = true;
    try {
      if (random.nextInt(3) == 0) {
        renewal.accept(Duration.ofMillis(MIN_LEASE_MILLIS + random.nextInt(LEASE_MILLIS_RANGE)));
      } else {
        ended = true;
        ReleaseOutcome outcome = release.get();
        Invariant.require(!heldCondition.getAsBoolean(), "released, but still held", outcome);
      }
    } finally {
      inUse = false;
    }
  }
}
