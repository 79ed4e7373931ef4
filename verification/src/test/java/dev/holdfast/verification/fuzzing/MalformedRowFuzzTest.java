package dev.holdfast.verification.fuzzing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Tests locks on malformed rows. {@code -Dholdfast.fuzz.rows=1000000} sets their number, and {@code
 * -Dholdfast.fuzz.seed=…} sets the seed.
 */
class MalformedRowFuzzTest {
  private static final int ROWS = Integer.getInteger("holdfast.fuzz.rows", 2_000);
  private static final long SEED = Long.getLong("holdfast.fuzz.seed", 1);

  @Test
  void malformedRow_yieldsOutcomeOrDocumentedError_andUnrecognizedRowsAreLeft() {
    Random random = new Random(SEED);
    MalformedRowScenario scenario = new MalformedRowScenario(random);
    Map<MalformedRowScenario.Outcome, Integer> outcomes =
        new EnumMap<>(MalformedRowScenario.Outcome.class);

    for (int i = 0; i < ROWS; i++) {
      outcomes.merge(scenario.run(), 1, Integer::sum);
    }

    System.out.printf("| malformed rows, seed %d | %d | %s |%n", SEED, ROWS, outcomes);
    for (MalformedRowScenario.Outcome each : MalformedRowScenario.Outcome.values()) {
      assertThat(outcomes.getOrDefault(each, 0))
          .as("%s of %s", each, outcomes)
          .isGreaterThan(ROWS / 1_000);
    }
  }
}
