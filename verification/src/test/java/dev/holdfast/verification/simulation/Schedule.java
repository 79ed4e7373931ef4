package dev.holdfast.verification.simulation;

import dev.holdfast.verification.support.Trace;
import java.util.Locale;
import java.util.Optional;

/**
 * One schedule: the same three always play the same, byte by byte.
 *
 * @param worldKind the kind of world
 * @param seed what everything is drawn from
 * @param mutant the rules as they ship, or a bad variant
 */
record Schedule(WorldKind worldKind, long seed, Mutant mutant) {
  private static final int MAX_TRACE_LINES = 60;

  static Schedule of(WorldKind worldKind, long seed) {
    return new Schedule(worldKind, seed, Mutant.NONE);
  }

  /** What went wrong, if anything did. */
  Optional<String> findViolation(EventStatistics totalStatistics) {
    return findViolation(totalStatistics, Trace.disabled());
  }

  private Optional<String> findViolation(EventStatistics totalStatistics, Trace trace) {
    try {
      new World(this, totalStatistics, trace).run();
      return Optional.empty();
    } catch (RuntimeException | AssertionError e) {
      return Optional.of(e + " at " + e.getStackTrace()[0]);
    }
  }

  /** The whole story, for whoever looks for the cause. */
  String traceTail() {
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
        "mvn -pl verification -am test -Dtest=SimulationTest#singleSchedule_isTraced"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dholdfast.schedules.world=%s"
            + " -Dholdfast.schedules.seed=%d%s",
        worldKind,
        seed,
        mutant == Mutant.NONE ? "" : " -Dholdfast.schedules.mutant=" + mutant);
  }
}
