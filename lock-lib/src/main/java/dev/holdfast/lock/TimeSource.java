package dev.holdfast.lock;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Clocks of this host, and waits by them. A test replaces it. Implementations are thread-safe. */
public interface TimeSource {
  /**
   * Returns the wall time.
   *
   * @return the time in the precision of the host
   */
  Instant wallTime();

  /**
   * Returns the time of a clock that is never set. Only differences of its values are meaningful.
   *
   * @return nanoseconds since an arbitrary origin
   */
  long monotonicNanos();

  /**
   * Waits for a duration.
   *
   * @param duration duration by the monotonic clock
   * @throws InterruptedException if the thread is interrupted
   */
  void sleep(Duration duration) throws InterruptedException;

  /**
   * Waits until a signal is completed, or until a duration has elapsed. The default implementation
   * polls the signal every 25 ms.
   *
   * @param signal the signal
   * @param duration maximum duration by the monotonic clock
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
   * Returns the clocks of the operating system. No other class reads them or sleeps.
   *
   * @return the default time source
   */
  static TimeSource system() {
    return new TimeSource() {
      @Override
      public Instant wallTime() {
        return Clock.systemUTC().instant();
      }

      @Override
      public long monotonicNanos() {
        return System.nanoTime();
      }

      @Override
      public void sleep(Duration duration) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(duration.toNanos());
      }

      @Override
      public void await(CompletableFuture<?> signal, Duration duration)
          throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        CompletableFuture<?> countdown = signal.whenComplete((ended, failed) -> done.countDown());
        done.await(duration.toNanos(), TimeUnit.NANOSECONDS);
        countdown.cancel(false);
      }

      @Override
      public String toString() {
        return "system time";
      }
    };
  }
}
