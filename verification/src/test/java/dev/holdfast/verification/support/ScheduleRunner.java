package dev.holdfast.verification.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Runs many schedules on several threads, and stops after a few violations.
 *
 * @param <S> the schedules
 */
public final class ScheduleRunner<S extends SimulatedSchedule<?>> {
  private static final int MAX_FAILED_SCHEDULES = 5;
  private static final int PROGRESS_INTERVAL = 10_000;

  private final LongFunction<S> schedules;
  private final Predicate<S> isViolated;
  private final AtomicLong nextIndex = new AtomicLong();
  private final List<S> failedSchedules = new ArrayList<>();

  /**
   * Creates a runner.
   *
   * @param schedules returns the schedule of an index; indexes count from 0
   * @param isViolated runs a schedule and returns whether it violates an invariant
   */
  public ScheduleRunner(LongFunction<S> schedules, Predicate<S> isViolated) {
    this.schedules = schedules;
    this.isViolated = isViolated;
  }

  /**
   * Runs the schedules.
   *
   * @param threads the number of threads; schedules share no state
   * @param mayStart whether the schedule of an index starts; the first that does not ends the run
   */
  public void run(int threads, LongPredicate mayStart)
      throws InterruptedException, ExecutionException {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Callable<Void>> tasks = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        tasks.add(() -> runSequentially(mayStart));
      }
      for (Future<Void> future : executor.invokeAll(tasks)) {
        future.get();
      }
    } finally {
      executor.shutdownNow();
    }
  }

  private Void runSequentially(LongPredicate mayStart) {
    for (long index = nextIndex.getAndIncrement();
        mayStart.test(index) && failedSchedules().size() < MAX_FAILED_SCHEDULES;
        index = nextIndex.getAndIncrement()) {
      S schedule = schedules.apply(index);
      if (isViolated.test(schedule)) {
        synchronized (this) {
          failedSchedules.add(schedule);
        }
      }
      if ((index + 1) % PROGRESS_INTERVAL == 0) {
        System.out.printf("%,d schedules%n", index + 1);
      }
    }
    return null;
  }

  private synchronized List<S> failedSchedules() {
    return List.copyOf(failedSchedules);
  }

  /** Asserts that no schedule violates an invariant; the message has the commands for a replay. */
  public void assertNoViolation() {
    List<S> failed = failedSchedules();
    assertThat(failed.stream().map(SimulatedSchedule::describe).toList())
        .as(
            () ->
                failed.stream()
                    .map(SimulatedSchedule::replayCommand)
                    .collect(Collectors.joining(System.lineSeparator())))
        .isEmpty();
  }
}
