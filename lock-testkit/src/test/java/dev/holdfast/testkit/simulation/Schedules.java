package dev.holdfast.testkit.simulation;

import dev.holdfast.lock.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** Many schedules of one kind of world, one seed after the other, on several threads. */
final class Schedules {
  private static final int BROKEN_MAX = 5;

  private final Worlds kind;
  private final long first;
  private final long count;
  private final AtomicLong next;
  private final Tally tally = new Tally();
  private final List<Schedule> broken = new ArrayList<>();

  Schedules(Worlds kind, long first, long count) {
    this.kind = kind;
    this.first = first;
    this.count = count;
    this.next = new AtomicLong(first);
  }

  Tally tally() {
    return tally;
  }

  /** Some of the schedules in which a promise was broken. */
  synchronized List<Schedule> broken() {
    return List.copyOf(broken);
  }

  /**
   * Plays them, or as many as there is time for.
   *
   * @param threads schedules share nothing, so any number will do
   * @param end after which none is begun
   */
  Schedules play(int threads, Deadline end) throws InterruptedException, ExecutionException {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Callable<Void>> players = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        players.add(() -> playOneByOne(end));
      }
      for (Future<Void> player : pool.invokeAll(players)) {
        player.get();
      }
      return this;
    } finally {
      pool.shutdownNow();
    }
  }

  private Void playOneByOne(Deadline end) {
    for (long seed = next.getAndIncrement();
        seed < first + count && !end.isOver() && broken().size() < BROKEN_MAX;
        seed = next.getAndIncrement()) {
      play(Schedule.of(kind, seed));
    }
    return null;
  }

  private void play(Schedule schedule) {
    if (schedule.broken(tally).isPresent()) {
      synchronized (this) {
        broken.add(schedule);
      }
    }
  }

  /** A point of real time. */
  interface Deadline {
    boolean isOver();

    /** Until then, but at least so much that the floors mean something. */
    static Deadline in(Duration duration, Tally tally, int schedulesMin) {
      long end = TimeSource.system().monotonicNanos() + duration.toNanos();
      return () ->
          tally.schedules() >= schedulesMin && TimeSource.system().monotonicNanos() - end > 0;
    }
  }
}
