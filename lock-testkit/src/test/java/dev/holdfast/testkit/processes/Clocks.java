package dev.holdfast.testkit.processes;

import dev.holdfast.lock.TimeSource;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The wall clock that all processes of this machine share. */
final class Clocks {
  static final TimeSource REAL = TimeSource.system();

  private Clocks() {}

  static long micros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, REAL.wall());
  }
}
