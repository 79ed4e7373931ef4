package dev.holdfast.testkit.line;

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

/** Many schedules, one seed after the other, several at a time. */
final class Schedules {
  private static final int BROKEN_MAX = 5;

  private final long first;
  private final long count;
  private final AtomicLong next = new AtomicLong();
  private final Tally tally = new Tally();
  private final List<Schedule> broken = new ArrayList<>();

  Schedules(long first, long count) {
    this.first = first;
    this.count = count;
  }

  Tally tally() {
    return tally;
  }

  /** Some of the schedules in which a promise was broken. */
  synchronized List<Schedule> broken() {
    return List.copyOf(broken);
  }

  /**
   * Plays them, or as many as there is time for, but at least so many that floors mean something.
   *
   * @param players schedules share nothing, so any number will do
   */
  void play(int players, Duration most, int least) throws InterruptedException, ExecutionException {
    TimeSource time = TimeSource.system();
    long end = time.monotonicNanos() + most.toNanos();
    ExecutorService pool = Executors.newFixedThreadPool(players);
    try {
      List<Callable<Void>> playing = new ArrayList<>();
      for (int i = 0; i < players; i++) {
        playing.add(() -> playOneByOne(time, end, least));
      }
      for (Future<Void> player : pool.invokeAll(playing)) {
        player.get();
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private Void playOneByOne(TimeSource time, long end, int least) {
    for (long number = next.getAndIncrement();
        number < count
            && broken().size() < BROKEN_MAX
            && (number < least || time.monotonicNanos() - end < 0);
        number = next.getAndIncrement()) {
      Schedule schedule = Schedule.of(first + number);
      if (schedule.broken(tally).isPresent()) {
        synchronized (this) {
          broken.add(schedule);
        }
      }
    }
    return null;
  }
}
