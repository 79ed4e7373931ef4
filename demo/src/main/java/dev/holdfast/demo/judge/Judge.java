package dev.holdfast.demo.judge;

import static java.util.stream.Collectors.partitioningBy;
import static java.util.stream.Collectors.toSet;

import dev.holdfast.demo.judge.Attempt.Outcome;
import dev.holdfast.demo.plan.PlannedWork;
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
 * @param plan the work that must have been done
 * @param ends when sandboxes ended
 * @param frozen which sandboxes were frozen in the middle of a hold, and when
 */
public record Judge(
    Collection<PlannedWork> plan, Map<String, Instant> ends, Map<String, Instant> frozen) {

  /** Copies the collections. */
  public Judge {
    plan = List.copyOf(plan);
    ends = Map.copyOf(ends);
    frozen = Map.copyOf(frozen);
  }

  /**
   * Judges a run.
   *
   * @param ledger the history of every subject
   * @return what happened
   */
  public Verdict verdict(Collection<History> ledger) {
    List<Attempt> attempts = ledger.stream().flatMap(h -> h.attempts(ends).stream()).toList();
    Map<Boolean, Set<PlannedWork>> works =
        plan.stream().collect(partitioningBy(work -> isDone(work, attempts), toSet()));
    Map<Boolean, List<Overlap>> overlaps =
        ledger.stream().flatMap(this::overlaps).collect(partitioningBy(this::isFenced));
    return new Verdict(
        attempts,
        works.getOrDefault(true, Set.of()),
        works.getOrDefault(false, Set.of()),
        doneAgain(attempts),
        overlaps.getOrDefault(false, List.of()),
        attempts.stream().filter(this::isLateWrite).toList(),
        attempts.stream().filter(this::isUnplanned).toList());
  }

  private static boolean isDone(PlannedWork work, List<Attempt> attempts) {
    return attempts.stream().anyMatch(a -> a.outcome() == Outcome.DONE && does(a, work));
  }

  private static boolean does(Attempt attempt, PlannedWork work) {
    return attempt.subject().equals(work.subject()) && attempt.step().equals(work.step());
  }

  private boolean isUnplanned(Attempt attempt) {
    return plan.stream().noneMatch(work -> does(attempt, work));
  }

  private static List<Attempt> doneAgain(List<Attempt> attempts) {
    Set<List<String>> done = new HashSet<>();
    return attempts.stream()
        .filter(attempt -> attempt.outcome() == Outcome.DONE)
        .sorted(Comparator.comparing(Attempt::end))
        .filter(attempt -> !done.add(List.of(attempt.subject(), attempt.step())))
        .toList();
  }

  private Stream<Overlap> overlaps(History history) {
    List<Attempt> attempts = history.attempts(ends);
    return IntStream.range(0, attempts.size())
        .boxed()
        .flatMap(
            first ->
                attempts.subList(first + 1, attempts.size()).stream()
                    .filter(second -> attempts.get(first).overlaps(second))
                    .map(second -> new Overlap(attempts.get(first), second)));
  }

  private boolean isFenced(Overlap overlap) {
    return isLateWrite(overlap.first())
        && frozenAt(overlap.first()).filter(overlap.second().begin().at()::isAfter).isPresent();
  }

  private boolean isLateWrite(Attempt attempt) {
    return attempt.outcome() == Outcome.REFUSED && frozenAt(attempt).isPresent();
  }

  private Optional<Instant> frozenAt(Attempt attempt) {
    return Optional.ofNullable(frozen.get(attempt.sandbox()));
  }
}
