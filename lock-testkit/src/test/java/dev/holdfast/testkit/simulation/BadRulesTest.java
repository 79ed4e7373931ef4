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
  private static final String SECOND_BOLTS = "RENEWS_WITHOUT_STATE|REDEEMS_WITHOUT_VERSION";
  private static final int SCHEDULES_MAX = 5_000;

  private static final int BOLTS_SCHEDULES = Integer.getInteger("holdfast.bolts.schedules", 250);

  private final List<String> rows = new ArrayList<>();
  private final List<String> bolts = new ArrayList<>();

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.MATCH_NONE,
      names = {"NONE", SECOND_BOLTS})
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

  /** Whoever makes one of these terms matter has to list it among the others. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_ANY, names = SECOND_BOLTS)
  void secondBolt_isImpliedByOtherRules(BadRule rule) {
    for (int seed = 1; seed <= BOLTS_SCHEDULES; seed++) {
      Schedule schedule = new Schedule(rule.world(), seed, rule);
      Optional<String> broken = schedule.broken(new Tally());
      assertThat(broken).as(schedule::replay).isEmpty();
    }
    bolts.add(String.format("| `%s` | `%s` | %d |", rule, rule.world(), BOLTS_SCHEDULES));
  }

  @AfterAll
  void printWhatTheSimulationSaid() {
    System.out.println(
        Block.of(
            "rules", "| rule | world | schedules | what the simulation says |", rows.stream()));
    System.out.println(
        Block.of("bolts", "| rule | world | schedules without a fault |", bolts.stream()));
  }
}
