package dev.holdfast.demo.judge;

import dev.holdfast.demo.judge.Attempt.Outcome;
import dev.holdfast.demo.plan.PlannedWork;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What the ledger says of one run.
 *
 * @param attempts all work that was begun
 * @param done the planned work that was done, at least once
 * @param lost the planned work that was never done
 * @param doneAgain attempts that did what had been done before
 * @param overlaps attempts on one subject at the same time
 * @param lateWritesRefused attempts of frozen sandboxes whose late end the ledger refused; what
 *     they overlapped with is not among the overlaps
 * @param unplanned attempts at work that nobody asked for
 */
public record Verdict(
    List<Attempt> attempts,
    Set<PlannedWork> done,
    Set<PlannedWork> lost,
    List<Attempt> doneAgain,
    List<Overlap> overlaps,
    List<Attempt> lateWritesRefused,
    List<Attempt> unplanned) {

  /** Copies the collections. */
  public Verdict {
    attempts = List.copyOf(attempts);
    done = Set.copyOf(done);
    lost = Set.copyOf(lost);
    doneAgain = List.copyOf(doneAgain);
    overlaps = List.copyOf(overlaps);
    lateWritesRefused = List.copyOf(lateWritesRefused);
    unplanned = List.copyOf(unplanned);
  }

  /**
   * What must not have happened under a guard.
   *
   * @return one line for each kind of fault, none where there is none
   */
  public List<String> faults() {
    List<String> faults = new ArrayList<>();
    count(faults, "steps done twice", doneAgain.size());
    count(faults, "overlaps", overlaps.size());
    count(faults, "messages lost", lost.size());
    count(faults, "attempts at work that nobody asked for", unplanned.size());
    count(faults, "attempts without an end", attemptsThat(Outcome.NEVER_ENDED));
    return faults;
  }

  private int attemptsThat(Outcome outcome) {
    return (int) attempts.stream().filter(attempt -> attempt.outcome() == outcome).count();
  }

  private static void count(List<String> faults, String what, int number) {
    if (number > 0) {
      faults.add(what + ": " + number);
    }
  }
}
