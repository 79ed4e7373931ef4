package dev.holdfast.lock;

import dev.holdfast.lock.protocol.ClockBounds;
import dev.holdfast.lock.protocol.ClockError;
import dev.holdfast.lock.protocol.ClockError.Beyond;
import dev.holdfast.lock.protocol.ClockReading;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What replies have told of this host's wall clock; costs no request. Thread-safe. */
final class HostClock {
  private final AtomicReference<ClockError> error = new AtomicReference<>(ClockError.UNKNOWN);
  private final AtomicBoolean wasOff = new AtomicBoolean();

  void learn(ClockReading before, ClockReading received, @Nullable Long serverMillis) {
    error.updateAndGet(known -> known.after(before, received, serverMillis));
  }

  Optional<Beyond> beyond(ClockReading now, ClockBounds bounds) {
    return error.get().beyond(now, bounds);
  }

  /** Whether it was not known before: true once, until the clock was found right again. */
  boolean isNews(boolean off) {
    return wasOff.getAndSet(off) != off && off;
  }
}
