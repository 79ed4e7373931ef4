package dev.holdfast.lock;

import java.time.Duration;
import java.time.Instant;

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
  Instant wall();

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
   * The clocks of the operating system.
   *
   * @return the one to use outside tests
   */
  static TimeSource system() {
    return SystemTime.INSTANCE;
  }
}
