package dev.holdfast.verification.simulation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** Many schedules, one seed after the other in each kind of world in turn, on several threads. */
final class ScheduleRunner {
  private static final int MAX_FAILURES = 5;
  private static final int PROGRESS_INTERVAL = 10_000;

  private final List<WorldKind> worldKinds;
  private final long firstSeed;
  private final long count;
  private final AtomicLong nextNumber = new AtomicLong();
  private final Map<WorldKind, EventStatistics> statisticsByWorld = new EnumMap<>(WorldKind.class);
  private final List<Schedule> failedSchedules = new ArrayList<>();

  /**
   * None is played yet.
   *
   * @param firstSeed the first seed in each world
   * @param count how many schedules in all worlds together
   */
  ScheduleRunner(List<WorldKind> worldKinds, long firstSeed, long count) {
    this.worldKinds = List.copyOf(worldKinds);
    this.firstSeed = firstSeed;
    this.count = count;
    worldKinds.forEach(worldKind -> statisticsByWorld.put(worldKind, new EventStatistics()));
  }

  /** What schedules in each kind of world met. */
  Map<WorldKind, EventStatistics> statisticsByWorld() {
    return statisticsByWorld;
  }

  /** What all of them met. */
  EventStatistics totalStatistics() {
    EventStatistics total = new EventStatistics();
    statisticsByWorld.values().forEach(total::addAll);
    return total;
  }

  /** Some of the schedules in which a promise was broken. */
  synchronized List<Schedule> failedSchedules() {
    return List.copyOf(failedSchedules);
  }

  /**
   * Plays them.
   *
   * @param threads schedules share nothing, so any number will do
   */
  ScheduleRunner run(int threads) throws InterruptedException, ExecutionException {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Callable<Void>> tasks = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        tasks.add(this::runRemaining);
      }
      for (Future<Void> future : executor.invokeAll(tasks)) {
        future.get();
      }
      return this;
    } finally {
      executor.shutdownNow();
    }
  }

  private Void runRemaining() {
    for (long number = nextNumber.getAndIncrement();
        number < count && failedSchedules().size() < MAX_FAILURES;
        number = nextNumber.getAndIncrement()) {
      WorldKind worldKind = worldKinds.get((int) (number % worldKinds.size()));
      run(Schedule.of(worldKind, firstSeed + number / worldKinds.size()));
      if ((number + 1) % PROGRESS_INTERVAL == 0) {
        System.out.printf("%,d of %,d schedules%n", number + 1, count);
      }
    }
    return null;
  }

  private void run(Schedule schedule) {
    EventStatistics statistics =
        Objects.requireNonNull(
            statisticsByWorld.get(schedule.worldKind()), "a world that is played");
    if (schedule.findViolation(statistics).isPresent()) {
      synchronized (this) {
        failedSchedules.add(schedule);
      }
    }
  }
}
