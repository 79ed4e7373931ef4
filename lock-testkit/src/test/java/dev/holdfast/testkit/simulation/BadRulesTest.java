package dev.holdfast.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rules that are wrong in one place are found out, each within 5,000 schedules. */
class BadRulesTest {
  private static final int SCHEDULES_MAX = 5_000;

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
    System.out.printf("| %s | %s | %d | %s |%n", rule, rule.world(), seed, what);
  }
}
