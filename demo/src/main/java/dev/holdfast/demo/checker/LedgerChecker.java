package dev.holdfast.demo.checker;

import static java.util.stream.Collectors.partitioningBy;
import static java.util.stream.Collectors.toSet;

import dev.holdfast.demo.checker.Attempt.Outcome;
import dev.holdfast.demo.checker.CheckResult.Overlap;
import dev.holdfast.demo.workload.WorkItem;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Compares the ledger with the workload.
 *
 * <p>Two attempts overlap if the second one started before the first one ended, in the order of the
 * history of their subject. An attempt ends at the latest when its execution environment ends.
 *
 * <p>One kind of overlap is reported separately. Its first attempt ran in an execution environment
 * that was frozen before the second attempt started, and the ledger rejected its late end entry. No
 * lock can prevent a frozen holder from resuming; the fence of the ledger prevents it from writing.
 *
 * @param expectedWork the work items that must have been completed
 * @param terminationTimes the end times of the execution environments by name
 * @param freezeTimes the times at which execution environments were frozen during a step, by name
 */
public record LedgerChecker(
    Collection<WorkItem> expectedWork,
    Map<String, Instant> terminationTimes,
    Map<String, Instant> freezeTimes) {

  /** Copies the collections. */
  public LedgerChecker {
    expectedWork = List.copyOf(expectedWork);
    terminationTimes = Map.copyOf(terminationTimes);
    freezeTimes = Map.copyOf(freezeTimes);
  }

  /**
   * Checks the ledger of a run.
   *
   * @param histories the histories of all subjects
   * @return the result
   */
  public CheckResult check(Collection<History> histories) {
    List<Attempt> attempts =
        histories.stream().flatMap(h -> h.attempts(terminationTimes).stream()).toList();
    Map<Boolean, Set<WorkItem>> workByCompletion =
        expectedWork.stream()
            .collect(partitioningBy(workItem -> isCompleted(workItem, attempts), toSet()));
    Map<Boolean, List<Overlap>> overlapsByFencing =
        histories.stream().flatMap(this::overlaps).collect(partitioningBy(this::isFencedOverlap));
    return new CheckResult(
        attempts,
        workByCompletion.getOrDefault(true, Set.of()),
        workByCompletion.getOrDefault(false, Set.of()),
        duplicates(attempts),
        overlapsByFencing.getOrDefault(false, List.of()),
        attempts.stream().filter(this::isRejectedLateWrite).toList(),
        attempts.stream().filter(this::isUnexpected).toList());
  }

  private static boolean isCompleted(WorkItem workItem, List<Attempt> attempts) {
    return attempts.stream()
        .anyMatch(a -> a.outcome() == Outcome.COMPLETED && performs(a, workItem));
  }

  private static boolean performs(Attempt attempt, WorkItem workItem) {
    return attempt.subject().equals(workItem.subject()) && attempt.step().equals(workItem.step());
  }

  private boolean isUnexpected(Attempt attempt) {
    return expectedWork.stream().noneMatch(workItem -> performs(attempt, workItem));
  }

  private static List<Attempt> duplicates(List<Attempt> attempts) {
    Set<List<String>> completedSteps = new HashSet<>();
    return attempts.stream()
        .filter(attempt -> attempt.outcome() == Outcome.COMPLETED)
        .sorted(Comparator.comparing(Attempt::endedAt))
        .filter(attempt -> !completedSteps.add(List.of(attempt.subject(), attempt.step())))
        .toList();
  }

  private Stream<Overlap> overlaps(History history) {
    List<Attempt> attempts = history.attempts(terminationTimes);
    return IntStream.range(0, attempts.size())
        .boxed()
        .flatMap(
            first ->
                attempts.subList(first + 1, attempts.size()).stream()
                    .filter(second -> attempts.get(first).overlaps(second))
                    .map(second -> new Overlap(attempts.get(first), second)));
  }

  private boolean isFencedOverlap(Overlap overlap) {
    return isRejectedLateWrite(overlap.first())
        && freezeTime(overlap.first())
            .filter(overlap.second().startEntry().timestamp()::isAfter)
            .isPresent();
  }

  private boolean isRejectedLateWrite(Attempt attempt) {
    return attempt.outcome() == Outcome.REJECTED && freezeTime(attempt).isPresent();
  }

  private Optional<Instant> freezeTime(Attempt attempt) {
    return Optional.ofNullable(freezeTimes.get(attempt.environment()));
  }
}
