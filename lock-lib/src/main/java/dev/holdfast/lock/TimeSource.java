package dev.holdfast.lock;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/**
 * The clocks of this host, and how to wait on them; a test replaces it. Implementations are
 * thread-safe.
 */
public interface TimeSource {
  /**
   * Wall time.
   *
   * @return the time of day, as precisely as the host knows it
   */
  Instant wallTime();

  /**
   * Time that is never set: only differences mean anything.
   *
   * @return nanoseconds since an arbitrary origin
   */
  long monotonicNanos();

  /**
   * Waits.
   *
   * @param duration how long, by the monotonic clock
   * @throws InterruptedException if the thread is interrupted
   */
  void sleep(Duration duration) throws InterruptedException;

  /**
   * Waits, but no longer than until something has happened. Unless an implementation knows better,
   * it looks every 25 ms.
   *
   * @param signal completed when it has happened
   * @param duration how long at most, by the monotonic clock
   * @throws InterruptedException if the thread is interrupted
   */
  default void await(CompletableFuture<?> signal, Duration duration) throws InterruptedException {
    long pollInterval = Duration.ofMillis(25).toNanos();
    long end = monotonicNanos() + duration.toNanos();
    long left = duration.toNanos();
    while (left > 0 && !signal.isDone()) {
      sleep(Duration.ofNanos(Math.min(left, pollInterval)));
      left = end - monotonicNanos();
    }
  }

  /**
   * The clocks of the operating system.
   *
   * @return the one to use outside tests
   */
  static TimeSource system() {
    return SystemTimeSource.INSTANCE;
  }
}
