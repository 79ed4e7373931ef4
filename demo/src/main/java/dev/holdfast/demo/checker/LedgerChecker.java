package dev.holdfast.demo.checker;

import dev.holdfast.demo.checker.CheckResult.Overlap;
import static java.util.stream.Collectors.partitioningBy;
import static java.util.stream.Collectors.toSet;

import dev.holdfast.demo.checker.Attempt.Outcome;
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
 * Compares the ledger with the plan.
 *
 * <p>Two attempts overlap where the second began, by the order of the subject's history, before the
 * first ended; a dead sandbox's attempt ended when it died. The one overlap that is told apart is
 * with an attempt of a sandbox that had been frozen before the second began, and whose late end was
 * refused: no lock can keep a frozen holder from waking up, a fenced ledger keeps it from writing.
 *
 * @param expectedWork the work that must have been done
 * @param terminationTimes when sandboxes ended
 * @param freezeTimes which sandboxes were frozen in the middle of a hold, and when
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
   * Judges a run.
   *
   * @param histories the history of every subject
   * @return what happened
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
