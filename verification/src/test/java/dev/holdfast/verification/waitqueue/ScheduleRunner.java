package dev.holdfast.verification.waitqueue;

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
final class ScheduleRunner {
  private static final int MAX_FAILED_SCHEDULES = 5;

  private final long firstSeed;
  private final long count;
  private final AtomicLong nextIndex = new AtomicLong();
  private final EventStatistics statistics = new EventStatistics();
  private final List<Schedule> failedSchedules = new ArrayList<>();

  ScheduleRunner(long firstSeed, long count) {
    this.firstSeed = firstSeed;
    this.count = count;
  }

  EventStatistics statistics() {
    return statistics;
  }

  /** Some of the schedules in which a promise was broken. */
  synchronized List<Schedule> failedSchedules() {
    return List.copyOf(failedSchedules);
  }

  /**
   * Plays them, or as many as there is time for, but at least so many that floors mean something.
   *
   * @param threads schedules share nothing, so any number will do
   */
  void runAll(int threads, Duration maxDuration, int minSchedules)
      throws InterruptedException, ExecutionException {
    TimeSource time = TimeSource.system();
    long endNanos = time.monotonicNanos() + maxDuration.toNanos();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Callable<Void>> tasks = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        tasks.add(() -> runSequentially(time, endNanos, minSchedules));
      }
      for (Future<Void> future : pool.invokeAll(tasks)) {
        future.get();
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private Void runSequentially(TimeSource time, long endNanos, int minSchedules) {
    for (long index = nextIndex.getAndIncrement();
        index < count
            && failedSchedules().size() < MAX_FAILED_SCHEDULES
            && (index < minSchedules || time.monotonicNanos() - endNanos < 0);
        index = nextIndex.getAndIncrement()) {
      Schedule schedule = Schedule.create(firstSeed + index);
      if (schedule.findViolation(statistics).isPresent()) {
        synchronized (this) {
          failedSchedules.add(schedule);
        }
      }
    }
    return null;
  }
}
