package dev.holdfast.testkit.simulation;

import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.HeldLocks;
import dev.holdfast.lock.ReleaseOutcome;
import java.time.Duration;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A permit or a set of locks that was handed out, and what its owner does with it. */
final class Hold {
  private static final long LEASE_MILLIS_MIN = 1_000;
  private static final int LEASE_MILLIS_MORE = 9_000;

  private final Host host;
  private final BooleanSupplier held;
  private final Consumer<Duration> renewal;
  private final Supplier<ReleaseOutcome> release;
  private boolean inUse;
  private boolean ended;

  private Hold(
      Host host,
      BooleanSupplier held,
      Consumer<Duration> renewal,
      Supplier<ReleaseOutcome> release) {
    this.host = host;
    this.held = held;
    this.renewal = renewal;
    this.release = release;
  }

  static Hold of(Host host, HeldLock lock) {
    return new Hold(host, lock::isHeld, lock::renew, lock::release);
  }

  static Hold of(Host host, HeldLocks locks) {
    return new Hold(host, locks::isHeld, locks::renew, locks::release);
  }

  /** Whether a call on it can be made now: calls of one owner follow each other. */
  boolean isFree() {
    return !inUse && !ended && !host.clock().isGone();
  }

  void use(Random random) {
    host.clock().thaw();
    inUse = true;
    try {
      if (random.nextInt(3) == 0) {
        renewal.accept(Duration.ofMillis(LEASE_MILLIS_MIN + random.nextInt(LEASE_MILLIS_MORE)));
      } else {
        ended = true;
        ReleaseOutcome outcome = release.get();
        Judge.require(!held.getAsBoolean(), "released, and still believed in", outcome);
      }
    } finally {
      inUse = false;
    }
  }
}
