package dev.holdfast.lock.internal.engine;

import dev.holdfast.lock.internal.protocol.ClockBounds;
import dev.holdfast.lock.internal.protocol.ClockReading;
import dev.holdfast.lock.internal.protocol.ClockSkewEstimate;
import dev.holdfast.lock.internal.protocol.ClockSkewEstimate.Skew;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Monitor of this host's clock skew. It uses the dates of replies and sends no request.
 * Thread-safe.
 */
final class ClockSkewMonitor {
  private final AtomicReference<ClockSkewEstimate> estimate =
      new AtomicReference<>(ClockSkewEstimate.UNKNOWN);
  private final AtomicBoolean wasExceeded = new AtomicBoolean();

  void observe(ClockReading before, ClockReading received, @Nullable Long serverMillis) {
    estimate.updateAndGet(known -> known.afterReply(before, received, serverMillis));
  }

  Optional<Skew> skewExceeded(ClockReading now, ClockBounds bounds) {
    return estimate.get().exceededSkew(now, bounds);
  }

  /** Returns true for the first check that exceeds the limit after one that did not. */
  boolean isNewlyExceeded(boolean exceeded) {
    return wasExceeded.getAndSet(exceeded) != exceeded && exceeded;
  }
}
