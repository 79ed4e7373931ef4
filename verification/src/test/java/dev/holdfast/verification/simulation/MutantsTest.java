package dev.holdfast.verification.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.verification.support.EvidenceTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests that the simulation detects each mutant of the rules within 5,000 schedules. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MutantsTest {
  private static final String REDUNDANT_CLAUSES = "RENEWAL_WITHOUT_STATE|RESUME_WITHOUT_VERSION";
  private static final int MAX_SCHEDULES = 5_000;

  private static final int REDUNDANT_CLAUSE_SCHEDULES =
      Integer.getInteger("holdfast.mutants.schedules", 50);

  private final List<String> mutantRows = new ArrayList<>();
  private final List<String> redundantClauseRows = new ArrayList<>();

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.MATCH_NONE,
      names = {"NONE", REDUNDANT_CLAUSES})
  void mutant_isDetected(Mutant mutant) {
    Optional<String> violation = Optional.empty();
    int seed = 0;
    while (violation.isEmpty() && seed < MAX_SCHEDULES) {
      seed++;
      violation = new Schedule(mutant.worldKind(), seed, mutant).findViolation();
    }

    assertThat(violation)
        .as("%s in %d schedules of %s", mutant, seed, mutant.worldKind())
        .hasValueSatisfying(
            message -> assertThat(message).startsWith(AssertionError.class.getName()));
    String message = violation.orElseThrow().replaceFirst("^.*?AssertionError: ([^:]*).*", "$1");
    mutantRows.add(
        String.format("| `%s` | `%s` | %d | %s |", mutant, mutant.worldKind(), seed, message));
  }

  /**
   * Tests that two terms are redundant. A change that makes one of them necessary must move its
   * mutant to the others.
   */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_ANY, names = REDUNDANT_CLAUSES)
  void redundantClause_isImpliedByOtherRules(Mutant mutant) {
    for (int seed = 1; seed <= REDUNDANT_CLAUSE_SCHEDULES; seed++) {
      Schedule schedule = new Schedule(mutant.worldKind(), seed, mutant);
      Optional<String> violation = schedule.findViolation();
      assertThat(violation).as(schedule::replayCommand).isEmpty();
    }
    redundantClauseRows.add(
        String.format(
            "| `%s` | `%s` | %d |", mutant, mutant.worldKind(), REDUNDANT_CLAUSE_SCHEDULES));
  }

  @AfterAll
  void printEvidenceTables() {
    System.out.println(
        EvidenceTable.format(
            "mutants", "| mutant | world | schedules | violation |", mutantRows.stream()));
    System.out.println(
        EvidenceTable.format(
            "redundant-terms",
            "| mutant | world | schedules without a violation |",
            redundantClauseRows.stream()));
  }
}
