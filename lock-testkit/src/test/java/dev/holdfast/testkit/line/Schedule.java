package dev.holdfast.testkit.line;

import dev.holdfast.testkit.Story;
import java.util.Locale;
import java.util.Optional;

/**
 * One schedule: the same two always play the same, byte by byte.
 *
 * @param seed what everything is drawn from
 * @param rule the line as it ships, or a bad variant
 */
record Schedule(long seed, BadLine rule) {
  private static final int LINES_SHOWN = 200;

  static Schedule of(long seed) {
    return new Schedule(seed, BadLine.NONE);
  }

  /** What went wrong, if anything did. */
  Optional<String> broken(Tally total) {
    return broken(total, Story.untold());
  }

  private Optional<String> broken(Tally total, Story story) {
    try {
      new World(this, story).run(total);
      return Optional.empty();
    } catch (Exception | AssertionError e) {
      return Optional.of(e.toString());
    }
  }

  /** What each thread did, for whoever looks for the cause. */
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
        "mvn -pl lock-testkit -am test -Dtest=LinesUnderFaultsTest#oneSchedule_isTold"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Djacoco.skip -Dholdfast.lines.seed=%d",
        seed);
  }
}
