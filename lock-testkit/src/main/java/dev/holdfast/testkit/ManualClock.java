package dev.holdfast.testkit;

import dev.holdfast.lock.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Wall clock and monotonic clock that a test advances. Thread-safe.
 *
 * <p>{@link #sleep} does not wait. It advances both clocks by the duration, so that a test with one
 * thread reads as a timeline. With {@link #withBlockingSleep()} it waits until another thread
 * advances the clock far enough.
 */
public final class ManualClock implements TimeSource {
  private final NavigableMap<Duration, Deque<Runnable>> scheduledEvents = new TreeMap<>();
  private final boolean blockingSleep;
  private final List<Sleeper> sleepingThreads = new ArrayList<>();
  private Instant wallTime;
  private long monotonicNanos;
  private Duration elapsed = Duration.ZERO;
  private boolean frozen;

  /** Thread that waits until the monotonic clock reaches an instant. */
  private record Sleeper(Thread thread, long endNanos) {
    /**
     * Returns whether the thread stays blocked. A thread whose time has come or that was
     * interrupted does not, even if it has not run yet.
     */
    boolean isSleepingAt(long nanos) {
      return nanos - endNanos < 0 && !thread.isInterrupted();
    }
  }

  private ManualClock(Instant wallTime, boolean blockingSleep) {
    this.wallTime = wallTime;
    this.blockingSleep = blockingSleep;
  }

  /**
   * Creates a clock that its sleepers advance.
   *
   * @param wallTime the time of the wall clock
   * @return a new clock
   */
  public static ManualClock at(Instant wallTime) {
    return new ManualClock(wallTime, false);
  }

  /**
   * Creates a copy of this clock whose sleepers wait until another thread advances it.
   *
   * @return a new clock with the wall time of this one
   */
  public synchronized ManualClock withBlockingSleep() {
    return new ManualClock(wallTime, true);
  }

  @Override
  public synchronized Instant wallTime() {
    return wallTime;
  }

  @Override
  public synchronized long monotonicNanos() {
    return monotonicNanos;
  }

  /**
   * Sleeps: advances the clocks, or waits until another thread has advanced them.
   *
   * @param duration the duration
   * @throws InterruptedException if this thread is interrupted
   */
  @Override
  public void sleep(Duration duration) throws InterruptedException {
    throwIfInterrupted();
    if (blockingSleep) {
      awaitMonotonic(duration.toNanos());
    } else {
      advance(duration);
      throwIfInterrupted();
    }
  }

  private static void throwIfInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted while sleeping");
    }
  }

  /**
   * Advances both clocks, except for a stopped monotonic clock. Events that are scheduled for the
   * period run in this thread.
   *
   * @param duration the duration, not negative
   */
  public void advance(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "duration must not be negative, got %s; adjustWall sets the wall clock back",
              duration));
    }
    Duration end = elapsed().plus(duration);
    for (Runnable event = advanceToNextEvent(end); event != null; event = advanceToNextEvent(end)) {
      event.run();
    }
  }

  /**
   * Schedules an event, which may run during a sleep.
   *
   * @param duration the delay from now
   * @param event the event
   */
  public synchronized void runAfter(Duration duration, Runnable event) {
    scheduledEvents.computeIfAbsent(elapsed.plus(duration), at -> new ArrayDeque<>()).add(event);
  }

  /**
   * Adjusts the wall clock forwards or backwards; the monotonic clock does not change.
   *
   * @param adjustment the adjustment
   */
  public synchronized void adjustWall(Duration adjustment) {
    wallTime = wallTime.plus(adjustment);
  }

  /** Stops the monotonic clock, as in a frozen execution environment. */
  public synchronized void freezeMonotonic() {
    frozen = true;
  }

  /** Restarts the monotonic clock. */
  public synchronized void resumeMonotonic() {
    frozen = false;
  }

  /**
   * Returns how many threads are blocked in {@link #sleep}. A thread that is about to wake does not
   * count, even if it has not run yet.
   *
   * @return the number of threads; always 0 if sleepers advance the clock
   */
  public synchronized int sleepingThreads() {
    return (int)
        sleepingThreads.stream().filter(sleeper -> sleeper.isSleepingAt(monotonicNanos)).count();
  }

  private synchronized Duration elapsed() {
    return elapsed;
  }

  /** Advances to the next scheduled event before the end and returns it, or null at the end. */
  private synchronized @Nullable Runnable advanceToNextEvent(Duration end) {
    var next = scheduledEvents.firstEntry();
    if (next == null || next.getKey().compareTo(end) > 0) {
      advanceTo(end);
      return null;
    }
    advanceTo(next.getKey());
    Runnable event = next.getValue().remove();
    if (next.getValue().isEmpty()) {
      scheduledEvents.pollFirstEntry();
    }
    return event;
  }

  /** Advances to an instant, unless an event has already advanced the clocks past it. */
  private void advanceTo(Duration target) {
    Duration step = target.minus(elapsed);
    if (!step.isNegative()) {
      elapsed = target;
      wallTime = wallTime.plus(step);
      monotonicNanos += frozen ? 0 : step.toNanos();
      notifyAll();
    }
  }

  private synchronized void awaitMonotonic(long nanos) throws InterruptedException {
    Sleeper sleeper = new Sleeper(Thread.currentThread(), monotonicNanos + nanos);
    sleepingThreads.add(sleeper);
    try {
      while (monotonicNanos - sleeper.endNanos < 0) {
        wait();
      }
    } finally {
      sleepingThreads.remove(sleeper);
    }
  }
}
