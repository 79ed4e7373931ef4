package dev.holdfast.verification.contention;

import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Waiters who all want one lock, each with locks of its own. Thread-safe. */
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
   * One waiter comes back for more, until all together were served so often that the first of them
   * do not count and those after them have been counted.
   *
   * @return how often this one was served among those who count
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
   * One waiter wants it once.
   *
   * @return when it had done its work
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

  /** How long the waits took that count, the shortest first. */
  synchronized List<Long> waitNanos() {
    return waitNanos.stream().sorted().toList();
  }
}
