package dev.holdfast.testkit.simulation;

import dev.holdfast.testkit.Story;
import java.util.Locale;
import java.util.Optional;

/**
 * One schedule: the same three always play the same, byte by byte.
 *
 * @param kind the kind of world
 * @param seed what everything is drawn from
 * @param rule the rules as they ship, or a bad variant
 */
record Schedule(Worlds kind, long seed, BadRule rule) {
  private static final int LINES_SHOWN = 60;

  static Schedule of(Worlds kind, long seed) {
    return new Schedule(kind, seed, BadRule.NONE);
  }

  /** What went wrong, if anything did. */
  Optional<String> broken(Tally total) {
    return broken(total, Story.untold());
  }

  private Optional<String> broken(Tally total, Story story) {
    try {
      new World(this, total, story).run();
      return Optional.empty();
    } catch (RuntimeException | AssertionError e) {
      return Optional.of(e + " at " + e.getStackTrace()[0]);
    }
  }

  /** The whole story, for whoever looks for the cause. */
  String story() {
    Story story = Story.told();
    Optional<String> broken = broken(new Tally(), story);
    return story.end(LINES_SHOWN) + System.lineSeparator() + broken.orElse("nothing is broken");
  }

  /** Everything that happened, to compare one run with another. */
  String everything() {
    Story story = Story.told();
    return broken(new Tally(), story).orElse("nothing is broken") + story.whole();
  }

  String replay() {
    return String.format(
        Locale.ROOT,
        "mvn -pl lock-testkit -am test -Dtest=SchedulesTest#oneSchedule_isTold"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dholdfast.schedules.world=%s"
            + " -Dholdfast.schedules.seed=%d%s",
        kind,
        seed,
        rule == BadRule.NONE ? "" : " -Dholdfast.schedules.rule=" + rule);
  }
}
