package dev.holdfast.testkit.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What locks do about rows that nobody should have written. {@code -Dholdfast.fuzz.rows=1000000}
 * tries more of them, {@code -Dholdfast.fuzz.seed=…} others.
 */
class OddRowsTest {
  private static final int ROWS = Integer.getInteger("holdfast.fuzz.rows", 20_000);
  private static final long SEED = Long.getLong("holdfast.fuzz.seed", 1);

  @Test
  void noRow_isAnythingButAnOutcomeOrADocumentedError_andForeignOnesStay() {
    Random random = new Random(SEED);
    Encounter encounter = new Encounter(random);
    Map<Encounter.Met, Integer> met = new EnumMap<>(Encounter.Met.class);

    for (int i = 0; i < ROWS; i++) {
      met.merge(encounter.next(), 1, Integer::sum);
    }

    System.out.printf("| odd rows, seed %d | %d | %s |%n", SEED, ROWS, met);
    for (Encounter.Met each : Encounter.Met.values()) {
      assertThat(met.getOrDefault(each, 0)).as("%s of %s", each, met).isGreaterThan(ROWS / 1_000);
    }
  }
}
