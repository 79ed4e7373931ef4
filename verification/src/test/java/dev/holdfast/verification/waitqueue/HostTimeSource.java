package dev.holdfast.verification.waitqueue;

import dev.holdfast.lock.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** Clocks of one host. The wall clock has a small offset. Two mutants change how the host waits. */
record HostTimeSource(TimeSource trueTime, Duration skew, WaitQueueMutant mutant)
    implements TimeSource {
  @Override
  public Instant wallTime() {
    return trueTime.wallTime().plus(skew);
  }

  @Override
  public long monotonicNanos() {
    return trueTime.monotonicNanos();
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    runWait(() -> trueTime.sleep(duration));
  }

  @Override
  public void await(CompletableFuture<?> signal, Duration duration) throws InterruptedException {
    runWait(
        () -> {
          if (mutant == WaitQueueMutant.SIGNALS_IGNORED) {
            trueTime.sleep(duration);
          } else {
            trueTime.await(signal, duration);
          }
        });
  }

  private void runWait(InterruptibleWait wait) throws InterruptedException {
    try {
      wait.run();
    } catch (InterruptedException e) {
      if (mutant != WaitQueueMutant.INTERRUPTS_SWALLOWED) {
        throw e;
      }
    }
  }

  /** A wait that an interrupt can end. */
  private interface InterruptibleWait {
    void run() throws InterruptedException;
  }
}
