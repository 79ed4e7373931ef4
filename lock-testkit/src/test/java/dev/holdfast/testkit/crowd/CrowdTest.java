package dev.holdfast.testkit.crowd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lock.Locks;
import dev.holdfast.lock.dynamodb.DynamoDbLocks;
import dev.holdfast.testkit.SimulatedTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What waiting costs, in virtual time, by the classes that ship. Each waiter has locks of its own,
 * as hosts have, so that they know of each other by the table alone.
 */
class CrowdTest {
  private static final Duration ROUND_TRIP = Duration.ofMillis(10);
  private static final int COUNTED_MIN = 1_000;
  private static final double REFUSED_MAX = 10;
  private static final double IDLE_MAX = 0.18;
  private static final double STORM_REFUSED_MAX = 50;
  private static final double STORM_PERIODS_MAX = 1.6;

  private final long seed = Long.getLong("holdfast.crowd.seed", 1);
  private final VirtualTime time = new VirtualTime();
  private final SimulatedTable table = SimulatedTable.named("locks");
  private final Meter meter = new Meter();

  private Locks host(int number) {
    Gate gate = new Gate(table, time, ROUND_TRIP.dividedBy(2), meter);
    return DynamoDbLocks.on(gate, "locks").withTime(time).withDraws(new SeededDraws(number, seed));
  }

  @ParameterizedTest
  @CsvSource({"4,100", "16,100", "64,100", "256,100", "4,1000", "16,1000", "64,1000", "256,1000"})
  void whereEveryoneComesBack_costDoesNotGrowWithTheCrowd(int size, int holdMillis)
      throws Exception {
    Duration hold = Duration.ofMillis(holdMillis);
    Duration period = hold.plus(ROUND_TRIP);
    Crowd crowd = new Crowd("order-42", hold, time, meter);
    List<Callable<Integer>> waiters = new ArrayList<>();
    for (int number = 0; number < size; number++) {
      Locks locks = host(number);
      int counted = Math.max(8 * size, COUNTED_MIN);
      waiters.add(() -> crowd.keepsComing(locks, 3 * size, counted));
    }

    Figures figures = Figures.of(meter, crowd, time.run(waiters), period);

    System.out.println(figures.row(size, hold));
    assertThat(figures.refused()).isPositive().isLessThanOrEqualTo(REFUSED_MAX);
    assertThat(figures.idle())
        .isPositive()
        .isLessThanOrEqualTo(IDLE_MAX + (double) ROUND_TRIP.toNanos() / period.toNanos());
    assertThat(figures.fewestTurns()).isPositive();
  }

  @ParameterizedTest
  @CsvSource({"4,100", "16,100", "64,100", "256,100", "4,1000", "16,1000", "64,1000", "256,1000"})
  void whereAllComeAtOnce_theyAreServedSoonAndCheaply(int size, int holdMillis) throws Exception {
    Duration period = Duration.ofMillis(holdMillis).plus(ROUND_TRIP);
    Crowd crowd = new Crowd("order-42", Duration.ofMillis(holdMillis), time, meter);
    List<Callable<Long>> waiters = new ArrayList<>();
    for (int number = 0; number < size; number++) {
      Locks locks = host(number);
      waiters.add(() -> crowd.comesOnce(locks));
    }

    List<Long> ends = time.run(waiters);

    double last = (double) ends.stream().max(Long::compare).orElseThrow() / period.toNanos() / size;
    System.out.printf(
        Locale.ROOT,
        "%4d at once, hold %4d ms: %5.1f refused, all served in %.2f n%n",
        size,
        holdMillis,
        meter.refusedPerHandOver(),
        last);
    assertThat(meter.handOvers()).isEqualTo(size);
    assertThat(meter.refusedPerHandOver()).isPositive().isLessThanOrEqualTo(STORM_REFUSED_MAX);
    assertThat(last).isLessThanOrEqualTo(STORM_PERIODS_MAX);
  }
}
