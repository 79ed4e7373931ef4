package dev.holdfast.demo.checker;

import dev.holdfast.demo.checker.Attempt.Outcome;
import dev.holdfast.demo.workload.WorkItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What the ledger says of one run.
 *
 * @param attempts all work that was begun
 * @param completed the planned work that was done, at least once
 * @param lost the planned work that was never done
 * @param duplicates attempts that did what had been done before
 * @param overlaps attempts on one subject at the same time
 * @param rejectedLateWrites attempts of frozen sandboxes whose late end the ledger refused; what
 *     they overlapped with is not among the overlaps
 * @param unexpected attempts at work that nobody asked for
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
   * What must not have happened under a guard.
   *
   * @return one line for each kind of fault, none where there is none
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
   * Two attempts on one subject at the same time.
   *
   * @param first the one that began first
   * @param second the one that began before the first had ended
   */
  public record Overlap(Attempt first, Attempt second) {}
}
