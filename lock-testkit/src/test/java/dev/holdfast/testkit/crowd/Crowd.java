package dev.holdfast.testkit.crowd;

import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.Locks;
import dev.holdfast.lock.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Waiters who all want one lock, each with locks of its own. Thread-safe. */
final class Crowd {
  private final LockRequest wanted;
  private final Duration hold;
  private final TimeSource time;
  private final Meter meter;
  private final List<Long> waits = new ArrayList<>();
  private int served;

  Crowd(String name, Duration hold, TimeSource time, Meter meter) {
    this.wanted = LockRequest.of(name).lease(Duration.ofSeconds(60)).waitUpTo(Duration.ofHours(24));
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
  int keepsComing(Locks locks, int warmUp, int counted) throws InterruptedException {
    int mine = 0;
    while (goesOn(warmUp + counted)) {
      long since = time.monotonicNanos();
      try (HeldLock lock = locks.acquire(wanted)) {
        mine += counts(time.monotonicNanos() - since, warmUp, warmUp + counted);
        work(lock);
      }
    }
    return mine;
  }

  private synchronized boolean goesOn(int end) {
    return served < end;
  }

  private synchronized int counts(long waitedNanos, int warmUp, int end) {
    served++;
    if (served == warmUp) {
      meter.begin();
    }
    if (served == end) {
      meter.end();
    }
    if (served <= warmUp || served > end) {
      return 0;
    }
    waits.add(waitedNanos);
    return 1;
  }

  /**
   * One waiter wants it once.
   *
   * @return when it had done its work
   */
  long comesOnce(Locks locks) throws InterruptedException {
    try (HeldLock lock = locks.acquire(wanted)) {
      work(lock);
      return time.monotonicNanos();
    }
  }

  private void work(HeldLock lock) throws InterruptedException {
    time.sleep(hold);
    lock.ensureHeld();
  }

  /** How long the waits took that count, the shortest first. */
  synchronized List<Long> waits() {
    return waits.stream().sorted().toList();
  }
}
