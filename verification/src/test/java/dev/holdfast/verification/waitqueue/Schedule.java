package dev.holdfast.verification.waitqueue;

import dev.holdfast.verification.support.SimulatedSchedule;
import dev.holdfast.verification.support.Trace;
import java.util.Locale;
import java.util.Optional;

/**
 * One schedule of threads in wait queues.
 *
 * @param seed the seed of all random choices
 * @param mutant the mutant, or {@link WaitQueueMutant#NONE} for the shipped wait queue
 */
record Schedule(long seed, WaitQueueMutant mutant) implements SimulatedSchedule<EventStatistics> {
  private static final int MAX_TRACE_LINES = 200;

  static Schedule create(long seed) {
    return new Schedule(seed, WaitQueueMutant.NONE);
  }

  @Override
  public EventStatistics newStatistics() {
    return new EventStatistics();
  }

  @Override
  public Optional<String> findViolation(EventStatistics totals, Trace trace) {
    try {
      new World(this, trace).run(totals);
      return Optional.empty();
    } catch (Exception | AssertionError e) {
      return Optional.of(e.toString());
    }
  }

  @Override
  public int maxTraceLines() {
    return MAX_TRACE_LINES;
  }

  @Override
  public String replayCommand() {
    return String.format(
        Locale.ROOT,
        "mvn -pl verification -am test -Dtest=WaitQueuesUnderFaultsTest#schedule_ofOneSeed_isPrinted"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Djacoco.skip -Dholdfast.waitqueue.seed=%d",
        seed);
  }
}
