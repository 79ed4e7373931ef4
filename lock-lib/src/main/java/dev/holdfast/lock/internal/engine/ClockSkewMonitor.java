package dev.holdfast.lock.internal.engine;

import dev.holdfast.lock.internal.protocol.ClockBounds;
import dev.holdfast.lock.internal.protocol.ClockReading;
import dev.holdfast.lock.internal.protocol.ClockSkewEstimate;
import dev.holdfast.lock.internal.protocol.ClockSkewEstimate.Skew;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What replies have told of this host's wall clock; costs no request. Thread-safe. */
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

  /** Whether it was not known before: true once, until the clock was found right again. */
  boolean isNewlyExceeded(boolean exceeded) {
    return wasExceeded.getAndSet(exceeded) != exceeded && exceeded;
  }
}
