package dev.holdfast.verification.processes;

import dev.holdfast.lock.TimeSource;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The wall clock, which all processes of this machine share. */
final class WallClock {
  static final TimeSource SYSTEM = TimeSource.system();

  private WallClock() {}

  static long nowMicros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, SYSTEM.wallTime());
  }
}
