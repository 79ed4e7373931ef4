package dev.holdfast.verification.waitqueue;

import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * Behavior of the threads of one schedule.
 *
 * @param names the lock names
 * @param rounds the maximum number of rounds of each thread
 * @param maxPauseMillis the maximum pause between two rounds
 * @param maxHoldMillis the maximum time of most holds
 * @param holdsPerIrregularHold the average number of holds per hold that lasts long or ends
 *     irregularly
 */
record Workload(
    List<String> names,
    int rounds,
    int maxPauseMillis,
    int maxHoldMillis,
    int holdsPerIrregularHold) {
  private static final int MAX_LEASE_SECONDS = 4;

  static Workload random(Random random) {
    List<String> names =
        random.nextBoolean() ? List.of("order-42") : List.of("customer-7", "order-42");
    return random.nextInt(3) == 0
        ? new Workload(names.subList(0, 1), 20, 5, 20, 200)
        : new Workload(names, 4 + random.nextInt(5), 1_200, 150, 7);
  }

  Duration randomPause(Random random) {
    return randomMicros(random, maxPauseMillis);
  }

  Duration randomLeaseDuration(Random random) {
    return Duration.ofSeconds(1 + random.nextInt(MAX_LEASE_SECONDS));
  }

  /** Returns a random maximum wait, from nearly zero to longer than any hold. */
  Duration randomMaxWait(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> randomMicros(random, 60).plusNanos(1);
      case 1 -> randomMicros(random, 800).plusNanos(1);
      case 2 -> randomMicros(random, 4_000).plusNanos(1);
      default -> Duration.ofSeconds(60);
    };
  }

  /** Returns a random hold time, which sometimes exceeds the lease. */
  Duration randomHoldTime(Random random, Duration leaseDuration) {
    if (!isIrregularHold(random)) {
      return randomMicros(random, maxHoldMillis);
    }
    return random.nextInt(3) == 0
        ? leaseDuration.plus(randomMicros(random, 1_500))
        : randomMicros(random, (int) leaseDuration.toMillis());
  }

  boolean isIrregularHold(Random random) {
    return random.nextInt(holdsPerIrregularHold) == 0;
  }

  static Duration randomMicros(Random random, int maxMillis) {
    return Duration.ofNanos(random.nextInt(maxMillis * 1_000) * 1_000L);
  }
}
