package dev.holdfast.demo.checker;

import dev.holdfast.demo.checker.Attempt.Outcome;
import dev.holdfast.demo.workload.WorkItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Result of checking the ledger of one run.
 *
 * @param attempts all attempts
 * @param completed the planned work items that were completed at least once
 * @param lost the planned work items that were never completed
 * @param duplicates the attempts that completed a step which had been completed before
 * @param overlaps the pairs of attempts that worked on one subject at the same time
 * @param rejectedLateWrites the attempts of frozen execution environments whose late end entry the
 *     ledger rejected; their overlaps are not among {@code overlaps}
 * @param unexpected the attempts at work that the workload does not contain
 */
public record CheckResult(
    List<Attempt> attempts,
    Set<WorkItem> completed,
    Set<WorkItem> lost,
    List<Attempt> duplicates,
    List<Overlap> overlaps,
    List<Attempt> rejectedLateWrites,
    List<Attempt> unexpected) {

  /** Copies the collections. */
  public CheckResult {
    attempts = List.copyOf(attempts);
    completed = Set.copyOf(completed);
    lost = Set.copyOf(lost);
    duplicates = List.copyOf(duplicates);
    overlaps = List.copyOf(overlaps);
    rejectedLateWrites = List.copyOf(rejectedLateWrites);
    unexpected = List.copyOf(unexpected);
  }

  /**
   * Returns the violations that a guard must prevent.
   *
   * @return one line for each kind of violation, or an empty list
   */
  public List<String> violations() {
    List<String> violations = new ArrayList<>();
    addViolation(violations, "steps executed twice", duplicates.size());
    addViolation(violations, "overlaps", overlaps.size());
    addViolation(violations, "lost messages", lost.size());
    addViolation(violations, "attempts at unplanned work", unexpected.size());
    addViolation(violations, "attempts without an end", countAttempts(Outcome.UNFINISHED));
    return violations;
  }

  private int countAttempts(Outcome outcome) {
    return (int) attempts.stream().filter(attempt -> attempt.outcome() == outcome).count();
  }

  private static void addViolation(List<String> violations, String label, int count) {
    if (count > 0) {
      violations.add(label + ": " + count);
    }
  }

  /**
   * Two attempts that worked on one subject at the same time.
   *
   * @param first the attempt that started first
   * @param second the attempt that started before the first one ended
   */
  public record Overlap(Attempt first, Attempt second) {}
}
