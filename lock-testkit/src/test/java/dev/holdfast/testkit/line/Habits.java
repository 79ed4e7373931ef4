package dev.holdfast.testkit.line;

import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * How the threads of one schedule behave.
 *
 * @param names what they want
 * @param rounds how often each wants something, at most
 * @param pauseMillis between two rounds, at most
 * @param holdMillis how long they mostly hold it, at most
 * @param oddIn one in how many holds ends in an odd way, or lasts
 */
record Habits(List<String> names, int rounds, int pauseMillis, int holdMillis, int oddIn) {
  private static final int LEASE_SECONDS_MAX = 4;

  static Habits drawn(Random random) {
    List<String> names =
        random.nextBoolean() ? List.of("order-42") : List.of("customer-7", "order-42");
    return random.nextInt(3) == 0
        ? new Habits(names.subList(0, 1), 20, 5, 20, 200)
        : new Habits(names, 4 + random.nextInt(5), 1_200, 150, 7);
  }

  Duration pause(Random random) {
    return micros(random, pauseMillis);
  }

  Duration lease(Random random) {
    return Duration.ofSeconds(1 + random.nextInt(LEASE_SECONDS_MAX));
  }

  /** Some wait for nearly nothing, some for longer than anything takes. */
  Duration waiting(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> micros(random, 60).plusNanos(1);
      case 1 -> micros(random, 800).plusNanos(1);
      case 2 -> micros(random, 4_000).plusNanos(1);
      default -> Duration.ofSeconds(60);
    };
  }

  /** Now and then longer than the lease. */
  Duration hold(Random random, Duration lease) {
    if (!isOdd(random)) {
      return micros(random, holdMillis);
    }
    return random.nextInt(3) == 0
        ? lease.plus(micros(random, 1_500))
        : micros(random, (int) lease.toMillis());
  }

  boolean isOdd(Random random) {
    return random.nextInt(oddIn) == 0;
  }

  static Duration micros(Random random, int millisMax) {
    return Duration.ofNanos(random.nextInt(millisMax * 1_000) * 1_000L);
  }
}
