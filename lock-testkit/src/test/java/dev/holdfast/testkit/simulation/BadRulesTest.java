package dev.holdfast.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testkit.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rules that are wrong in one place are found out, each within 5,000 schedules. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadRulesTest {
  private static final int SCHEDULES_MAX = 5_000;

  private final List<String> rows = new ArrayList<>();

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void badRule_isFoundOut(BadRule rule) {
    Optional<String> broken = Optional.empty();
    int seed = 0;
    while (broken.isEmpty() && seed < SCHEDULES_MAX) {
      seed++;
      broken = new Schedule(rule.world(), seed, rule).broken(new Tally());
    }

    assertThat(broken)
        .as("%s in %d schedules of %s", rule, seed, rule.world())
        .hasValueSatisfying(what -> assertThat(what).startsWith(AssertionError.class.getName()));
    String what = broken.orElseThrow().replaceFirst("^.*?AssertionError: ([^:]*).*", "$1");
    rows.add(String.format("| `%s` | `%s` | %d | %s |", rule, rule.world(), seed, what));
  }

  @AfterAll
  void printWhatTheSimulationSaid() {
    System.out.println(
        Block.of(
            "rules", "| rule | world | schedules | what the simulation says |", rows.stream()));
  }
}
