package dev.holdfast.demo.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RunComparisonTest {
  private final RunComparison comparison =
      new RunComparison(SampleRuns.unguarded(), SampleRuns.guarded());

  @Test
  void failures_onlyUnguardedRunHasViolations_isEmpty() {
    assertThat(comparison.failures()).isEmpty();
  }

  @Test
  void failures_guardedRunHasViolations_listsThem() {
    assertThat(new RunComparison(SampleRuns.unguarded(), SampleRuns.unguarded()).failures())
        .contains("with the guard, steps executed twice: 1", "with the guard, overlaps: 2");
  }

  @Test
  void failures_unguardedRunHasNoViolations_reportsIt() {
    assertThat(new RunComparison(SampleRuns.guarded(), SampleRuns.guarded()).failures())
        .containsExactly(
            "without the guard, the run must have repeated and overlapping steps, got none");
  }

  @Test
  void table_showsBothRunsSideBySide() {
    assertThat(comparison.table())
        .map(line -> line.trim().replaceAll(" {2,}", " | "))
        .contains(
            "Without the guard | With the guard",
            "messages | 4 | 4",
            "of them delivered twice | 4 | 4",
            "deliveries | 1 | 1",
            "steps completed | 4 | 4",
            "steps executed twice | 1 | 0",
            "overlaps | 2 | 0",
            "lost messages | 0 | 0",
            "late write after the freeze | accepted | rejected",
            "rejected attempts | - | 2",
            "write units | - | 8",
            "takeover after the kill | - | 5.0 s");
  }
}
