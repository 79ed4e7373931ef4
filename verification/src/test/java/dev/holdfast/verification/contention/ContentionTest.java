package dev.holdfast.verification.contention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.dynamodb.DynamoDbLockClient;
import dev.holdfast.testkit.SimulatedTable;
import dev.holdfast.verification.support.SeededRandomSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Measures the cost of waiting in virtual time, with the shipped classes. Each waiter has its own
 * lock client, as a host has, so that the waiters share only the table. {@code
 * -Dholdfast.contention.waiters=256} adds the scenarios with 256 waiters.
 */
class ContentionTest {
  private static final Duration ROUND_TRIP = Duration.ofMillis(10);
  private static final int MIN_MEASURED_ACQUISITIONS = 1_000;
  private static final double MAX_REJECTED_PER_HANDOFF = 10;
  private static final double MAX_IDLE_PERIODS = 0.18;
  private static final double MAX_BURST_REJECTED_PER_HANDOFF = 50;
  private static final double MAX_BURST_PERIODS = 1.6;

  private static final int MAX_WAITERS = Integer.getInteger("holdfast.contention.waiters", 64);

  private final long seed = Long.getLong("holdfast.contention.seed", 1);
  private final VirtualTimeSource time = new VirtualTimeSource();
  private final SimulatedTable table = SimulatedTable.named("locks");
  private final ContentionMeter meter = new ContentionMeter();

  static Stream<Arguments> scenarios() {
    return Stream.of(100, 1_000)
        .flatMap(
            holdMillis ->
                Stream.of(4, 16, 64, 256)
                    .filter(waiters -> waiters <= MAX_WAITERS)
                    .map(waiters -> Arguments.of(waiters, holdMillis)));
  }

  private LockClient newHost(int number) {
    LatencyDynamoDbClient latencyClient =
        new LatencyDynamoDbClient(table, time, ROUND_TRIP.dividedBy(2), meter);
    return DynamoDbLockClient.create(latencyClient, "locks")
        .withTimeSource(time)
        .withRandomSource(SeededRandomSource.ofHost(number, seed));
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void continuousContention_withMoreWaiters_costStaysBounded(int waiterCount, int holdMillis)
      throws Exception {
    Duration hold = Duration.ofMillis(holdMillis);
    Duration period = hold.plus(ROUND_TRIP);
    ConcurrentWaiters waiters = new ConcurrentWaiters("order-42", hold, time, meter);
    List<Callable<Integer>> tasks = new ArrayList<>();
    for (int number = 0; number < waiterCount; number++) {
      LockClient lockClient = newHost(number);
      int measured = Math.max(8 * waiterCount, MIN_MEASURED_ACQUISITIONS);
      tasks.add(() -> waiters.acquireRepeatedly(lockClient, 3 * waiterCount, measured));
    }

    ContentionStatistics statistics =
        ContentionStatistics.create(meter, waiters, time.run(tasks), period);

    System.out.println(statistics.format(waiterCount, hold));
    assertThat(statistics.rejectedPerHandoff())
        .isPositive()
        .isLessThanOrEqualTo(MAX_REJECTED_PER_HANDOFF);
    assertThat(statistics.idlePerHandoff())
        .isPositive()
        .isLessThanOrEqualTo(MAX_IDLE_PERIODS + (double) ROUND_TRIP.toNanos() / period.toNanos());
    assertThat(statistics.fewestAcquisitions()).isPositive();
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void burstArrival_isServedWithBoundedTimeAndCost(int waiterCount, int holdMillis)
      throws Exception {
    Duration period = Duration.ofMillis(holdMillis).plus(ROUND_TRIP);
    ConcurrentWaiters waiters =
        new ConcurrentWaiters("order-42", Duration.ofMillis(holdMillis), time, meter);
    List<Callable<Long>> tasks = new ArrayList<>();
    for (int number = 0; number < waiterCount; number++) {
      LockClient lockClient = newHost(number);
      tasks.add(() -> waiters.acquireOnce(lockClient));
    }

    List<Long> endNanos = time.run(tasks);

    double lastInPeriods =
        (double) endNanos.stream().max(Long::compare).orElseThrow()
            / period.toNanos()
            / waiterCount;
    System.out.printf(
        Locale.ROOT,
        "%4d at once, hold %4d ms: rejected %5.1f per handoff, all served in %.2f n%n",
        waiterCount,
        holdMillis,
        meter.rejectedPerHandoff(),
        lastInPeriods);
    assertThat(meter.handoffs()).isEqualTo(waiterCount);
    assertThat(meter.rejectedPerHandoff())
        .isPositive()
        .isLessThanOrEqualTo(MAX_BURST_REJECTED_PER_HANDOFF);
    assertThat(lastInPeriods).isLessThanOrEqualTo(MAX_BURST_PERIODS);
  }
}
