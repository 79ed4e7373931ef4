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
 * A wall clock and a monotonic clock that move only by hand. Safe for use by several threads.
 *
 * <p>{@link #sleep} does not wait: it moves both clocks by the time slept, so that a test with one
 * thread reads as a timeline. With {@link #withBlockingSleep()} it waits, for tests with several
 * threads, until somebody advances the clock far enough.
 */
public final class ManualClock implements TimeSource {
  private final NavigableMap<Duration, Deque<Runnable>> scheduledEvents = new TreeMap<>();
  private final boolean blockingSleep;
  private final List<Sleeper> sleepingThreads = new ArrayList<>();
  private Instant wallTime;
  private long monotonicNanos;
  private Duration elapsed = Duration.ZERO;
  private boolean frozen;

  /** A thread that waits until the monotonic clock shows an instant. */
  private record Sleeper(Thread thread, long endNanos) {
    /**
     * One whose time has come, or who was interrupted, is on its way, though it did not run yet.
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
   * A clock whose sleepers move it.
   *
   * @param wallTime what the wall clock shows
   * @return a new clock
   */
  public static ManualClock at(Instant wallTime) {
    return new ManualClock(wallTime, false);
  }

  /**
   * A clock as this one, whose sleepers wait until it is advanced by others.
   *
   * @return a new clock that shows this one's wall time
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
   * Sleeps: at once by moving the clocks, or until others have moved them.
   *
   * @param duration how long
   * @throws InterruptedException where this thread is interrupted
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
   * Time passes: both clocks move, the monotonic one unless it stands still. What was planned for
   * this while happens on the way, in this thread.
   *
   * @param duration how much time, not negative
   */
  public void advance(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "time passes forwards only, got %s; jumpWall sets the wall clock back",
              duration));
    }
    Duration end = elapsed().plus(duration);
    for (Runnable event = advanceToNextEvent(end); event != null; event = advanceToNextEvent(end)) {
      event.run();
    }
  }

  /**
   * Plans what somebody else does when time has passed, also within a sleep.
   *
   * @param duration how long from now
   * @param event what happens then
   */
  public synchronized void runAfter(Duration duration, Runnable event) {
    scheduledEvents.computeIfAbsent(elapsed.plus(duration), at -> new ArrayDeque<>()).add(event);
  }

  /**
   * The wall clock is set, forwards or back; the monotonic clock does not see it.
   *
   * @param adjustment how far
   */
  public synchronized void adjustWall(Duration adjustment) {
    wallTime = wallTime.plus(adjustment);
  }

  /** The monotonic clock stands still from now on, as in a sandbox that is frozen. */
  public synchronized void freezeMonotonic() {
    frozen = true;
  }

  /** The monotonic clock runs again. */
  public synchronized void resumeMonotonic() {
    frozen = false;
  }

  /**
   * How many threads wait in {@link #sleep} now, and will until time passes: one that is to wake is
   * counted no more, also where it did not run yet.
   *
   * @return their number; always 0 where sleepers move the clock
   */
  public synchronized int sleepingThreads() {
    return (int)
        sleepingThreads.stream().filter(sleeper -> sleeper.isSleepingAt(monotonicNanos)).count();
  }

  private synchronized Duration elapsed() {
    return elapsed;
  }

  /** Moves to the next planned event up to the end and returns it; null at the end. */
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

  /** An event may itself have moved the clocks past this instant: then they stay. */
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
