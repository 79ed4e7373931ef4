package dev.holdfast.testkit.line;

import dev.holdfast.lock.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** The clocks of one host: its wall clock is a little off; waiting is bent where a rule is. */
record HostTime(TimeSource truth, Duration off, BadLine rule) implements TimeSource {
  @Override
  public Instant wall() {
    return truth.wall().plus(off);
  }

  @Override
  public long monotonicNanos() {
    return truth.monotonicNanos();
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    heeding(() -> truth.sleep(duration));
  }

  @Override
  public void await(CompletableFuture<?> signal, Duration duration) throws InterruptedException {
    heeding(
        () -> {
          if (rule == BadLine.WAITS_WHATEVER_HAPPENS) {
            truth.sleep(duration);
          } else {
            truth.await(signal, duration);
          }
        });
  }

  private void heeding(Wait wait) throws InterruptedException {
    try {
      wait.run();
    } catch (InterruptedException e) {
      if (rule != BadLine.SWALLOWS_INTERRUPTS) {
        throw e;
      }
    }
  }

  /** Some way to wait. */
  private interface Wait {
    void run() throws InterruptedException;
  }
}
