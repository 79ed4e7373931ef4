package dev.holdfast.lock.internal.engine;

import dev.holdfast.lock.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** Time source whose clocks never advance, so that a wait ends only with its signal. */
final class FixedTimeSource implements TimeSource {
  private static final Instant NOW = Instant.parse("2027-01-15T08:00:00Z");

  @Override
  public Instant wallTime() {
    return NOW;
  }

  @Override
  public long monotonicNanos() {
    return 0;
  }

  @Override
  public void sleep(Duration duration) {}

  @Override
  public void await(CompletableFuture<?> signal, Duration duration) {
    signal.join();
  }
}
