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
 * thread reads as a timeline. With {@link #blockingSleepers()} it waits, for tests with several
 * threads, until somebody advances the clock far enough.
 */
public final class ManualTime implements TimeSource {
  private final NavigableMap<Duration, Deque<Runnable>> plan = new TreeMap<>();
  private final boolean sleepersWait;
  private final List<Sleeper> sleepers = new ArrayList<>();
  private Instant wall;
  private long monotonicNanos;
  private Duration elapsed = Duration.ZERO;
  private boolean frozen;

  /** A thread that waits until the monotonic clock shows an instant. */
  private record Sleeper(Thread thread, long endNanos) {
    /**
     * One whose time has come, or who was interrupted, is on its way, though it did not run yet.
     */
    boolean sleepsOn(long nanos) {
      return nanos - endNanos < 0 && !thread.isInterrupted();
    }
  }

  private ManualTime(Instant wall, boolean sleepersWait) {
    this.wall = wall;
    this.sleepersWait = sleepersWait;
  }

  /**
   * A clock whose sleepers move it.
   *
   * @param wall what the wall clock shows
   * @return a new clock
   */
  public static ManualTime at(Instant wall) {
    return new ManualTime(wall, false);
  }

  /**
   * A clock as this one, whose sleepers wait until it is advanced by others.
   *
   * @return a new clock that shows this one's wall time
   */
  public synchronized ManualTime blockingSleepers() {
    return new ManualTime(wall, true);
  }

  @Override
  public synchronized Instant wall() {
    return wall;
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
    if (sleepersWait) {
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
    for (Runnable event = moveToNext(end); event != null; event = moveToNext(end)) {
      event.run();
    }
  }

  /**
   * Plans what somebody else does when time has passed, also within a sleep.
   *
   * @param duration how long from now
   * @param event what happens then
   */
  public synchronized void after(Duration duration, Runnable event) {
    plan.computeIfAbsent(elapsed.plus(duration), at -> new ArrayDeque<>()).add(event);
  }

  /**
   * The wall clock is set, forwards or back; the monotonic clock does not see it.
   *
   * @param by how far
   */
  public synchronized void jumpWall(Duration by) {
    wall = wall.plus(by);
  }

  /** The monotonic clock stands still from now on, as in a sandbox that is frozen. */
  public synchronized void freezeMonotonic() {
    frozen = true;
  }

  /** The monotonic clock runs again. */
  public synchronized void thawMonotonic() {
    frozen = false;
  }

  /**
   * How many threads wait in {@link #sleep} now, and will until time passes: one that is to wake is
   * counted no more, also where it did not run yet.
   *
   * @return their number; always 0 where sleepers move the clock
   */
  public synchronized int sleepers() {
    return (int) sleepers.stream().filter(each -> each.sleepsOn(monotonicNanos)).count();
  }

  private synchronized Duration elapsed() {
    return elapsed;
  }

  /** Moves to the next planned event up to the end and returns it; null at the end. */
  private synchronized @Nullable Runnable moveToNext(Duration end) {
    var next = plan.firstEntry();
    if (next == null || next.getKey().compareTo(end) > 0) {
      moveTo(end);
      return null;
    }
    moveTo(next.getKey());
    Runnable event = next.getValue().remove();
    if (next.getValue().isEmpty()) {
      plan.pollFirstEntry();
    }
    return event;
  }

  /** An event may itself have moved the clocks past this instant: then they stay. */
  private void moveTo(Duration instant) {
    Duration step = instant.minus(elapsed);
    if (!step.isNegative()) {
      elapsed = instant;
      wall = wall.plus(step);
      monotonicNanos += frozen ? 0 : step.toNanos();
      notifyAll();
    }
  }

  private synchronized void awaitMonotonic(long nanos) throws InterruptedException {
    Sleeper sleeper = new Sleeper(Thread.currentThread(), monotonicNanos + nanos);
    sleepers.add(sleeper);
    try {
      while (monotonicNanos - sleeper.endNanos < 0) {
        wait();
      }
    } finally {
      sleepers.remove(sleeper);
    }
  }
}
