package dev.holdfast.verification.contention;

import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Waiters for one lock, each with its own lock client. Thread-safe. */
final class ConcurrentWaiters {
  private final LockRequest request;
  private final Duration hold;
  private final TimeSource time;
  private final ContentionMeter meter;
  private final List<Long> waitNanos = new ArrayList<>();
  private int acquisitions;

  ConcurrentWaiters(String name, Duration hold, TimeSource time, ContentionMeter meter) {
    this.request =
        LockRequest.of(name).leaseDuration(Duration.ofSeconds(60)).maxWait(Duration.ofHours(24));
    this.hold = hold;
    this.time = time;
    this.meter = meter;
  }

  /**
   * Acquires the lock repeatedly, until all waiters together have finished the warm-up and the
   * measured acquisitions.
   *
   * @return the number of measured acquisitions of this waiter
   */
  int acquireRepeatedly(LockClient lockClient, int warmUp, int measured)
      throws InterruptedException {
    int ownAcquisitions = 0;
    while (mayContinue(warmUp + measured)) {
      long startNanos = time.monotonicNanos();
      try (HeldLock lock = lockClient.acquire(request)) {
        ownAcquisitions +=
            recordAcquisition(time.monotonicNanos() - startNanos, warmUp, warmUp + measured);
        work(lock);
      }
    }
    return ownAcquisitions;
  }

  private synchronized boolean mayContinue(int end) {
    return acquisitions < end;
  }

  private synchronized int recordAcquisition(long waitedNanos, int warmUp, int end) {
    acquisitions++;
    if (acquisitions == warmUp) {
      meter.startMeasuring();
    }
    if (acquisitions == end) {
      meter.stopMeasuring();
    }
    if (acquisitions <= warmUp || acquisitions > end) {
      return 0;
    }
    waitNanos.add(waitedNanos);
    return 1;
  }

  /**
   * Acquires the lock once.
   *
   * @return the time at which the work was done
   */
  long acquireOnce(LockClient lockClient) throws InterruptedException {
    try (HeldLock lock = lockClient.acquire(request)) {
      work(lock);
      return time.monotonicNanos();
    }
  }

  private void work(HeldLock lock) throws InterruptedException {
    time.sleep(hold);
    lock.ensureHeld();
  }

  /** Returns the measured waits in ascending order. */
  synchronized List<Long> waitNanos() {
    return waitNanos.stream().sorted().toList();
  }
}
