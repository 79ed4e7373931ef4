package dev.holdfast.verification.waitqueue;

import dev.holdfast.verification.support.Trace;
import java.util.Locale;
import java.util.Optional;

/**
 * One schedule: the same two always play the same, byte by byte.
 *
 * @param seed what everything is drawn from
 * @param mutant the line as it ships, or a bad variant
 */
record Schedule(long seed, WaitQueueMutant mutant) {
  private static final int MAX_TRACE_LINES = 200;

  static Schedule create(long seed) {
    return new Schedule(seed, WaitQueueMutant.NONE);
  }

  /** What went wrong, if anything did. */
  Optional<String> findViolation(EventStatistics totals) {
    return findViolation(totals, Trace.disabled());
  }

  private Optional<String> findViolation(EventStatistics totals, Trace trace) {
    try {
      new World(this, trace).run(totals);
      return Optional.empty();
    } catch (Exception | AssertionError e) {
      return Optional.of(e.toString());
    }
  }

  /** What each thread did, for whoever looks for the cause. */
  String describe() {
    Trace trace = Trace.enabled();
    Optional<String> violation = findViolation(new EventStatistics(), trace);
    return trace.tail(MAX_TRACE_LINES)
        + System.lineSeparator()
        + violation.orElse("nothing is broken");
  }

  /** Everything that happened, to compare one run with another. */
  String fullTrace() {
    Trace trace = Trace.enabled();
    return findViolation(new EventStatistics(), trace).orElse("nothing is broken") + trace.text();
  }

  String replayCommand() {
    return String.format(
        Locale.ROOT,
        "mvn -pl verification -am test -Dtest=WaitQueuesUnderFaultsTest#schedule_ofOneSeed_isPrinted"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Djacoco.skip -Dholdfast.waitqueue.seed=%d",
        seed);
  }
}
