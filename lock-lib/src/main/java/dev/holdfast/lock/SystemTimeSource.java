package dev.holdfast.lock;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Clocks of the operating system. No other class reads them or sleeps. */
enum SystemTimeSource implements TimeSource {
  INSTANCE;

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
  public void await(CompletableFuture<?> signal, Duration duration) throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    CompletableFuture<?> countdown = signal.whenComplete((ended, failed) -> done.countDown());
    done.await(duration.toNanos(), TimeUnit.NANOSECONDS);
    countdown.cancel(false);
  }

  @Override
  public String toString() {
    return "system time";
  }
}
