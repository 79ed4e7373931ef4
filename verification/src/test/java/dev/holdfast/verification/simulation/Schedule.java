package dev.holdfast.verification.simulation;

import dev.holdfast.verification.support.SimulatedSchedule;
import dev.holdfast.verification.support.Trace;
import java.util.Locale;
import java.util.Optional;

/**
 * One schedule of one world.
 *
 * @param worldKind the kind of world
 * @param seed the seed of all random choices
 * @param mutant the mutant, or {@link Mutant#NONE} for the shipped rules
 */
record Schedule(WorldKind worldKind, long seed, Mutant mutant)
    implements SimulatedSchedule<EventStatistics> {
  private static final int MAX_TRACE_LINES = 60;

  static Schedule of(WorldKind worldKind, long seed) {
    return new Schedule(worldKind, seed, Mutant.NONE);
  }

  @Override
  public EventStatistics newStatistics() {
    return new EventStatistics();
  }

  @Override
  public Optional<String> findViolation(EventStatistics totals, Trace trace) {
    try {
      new World(this, totals, trace).run();
      return Optional.empty();
    } catch (RuntimeException | AssertionError e) {
      return Optional.of(e + " at " + e.getStackTrace()[0]);
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
        "mvn -pl verification -am test -Dtest=SimulationTest#singleSchedule_isTraced"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dholdfast.schedules.world=%s"
            + " -Dholdfast.schedules.seed=%d%s",
        worldKind,
        seed,
        mutant == Mutant.NONE ? "" : " -Dholdfast.schedules.mutant=" + mutant);
  }
}
