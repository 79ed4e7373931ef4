package dev.holdfast.demo.checker;

import dev.holdfast.demo.checker.Attempt.Outcome;
import dev.holdfast.demo.checker.LedgerEntry.Kind;
import dev.holdfast.demo.format.TextFormat;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * All ledger entries of one subject.
 *
 * @param subject the order or report
 * @param entries the entries in the order in which the table stored them, independent of clocks
 */
public record History(String subject, List<LedgerEntry> entries) {

  /** Checks that every end entry follows its start entry, and that a start has at most one end. */
  public History {
    entries = List.copyOf(entries);
    Map<String, Kind> lastKinds = new HashMap<>();
    for (LedgerEntry entry : entries) {
      Kind previous = lastKinds.put(entry.attemptId(), entry.kind());
      if (!entry.kind().mayFollow(previous)) {
        throw new IllegalArgumentException(
            TextFormat.format(
                "history of %s: attempt %s has %s after %s",
                subject, entry.attemptId(), entry.kind(), previous));
      }
    }
  }

  /**
   * Returns the attempts of this history, each joined from its start and end entries.
   *
   * @param terminationTimes the end times of the execution environments by name; an attempt without
   *     an end entry ends at the end time of its execution environment
   * @return the attempts in the order of their start entries
   */
  public List<Attempt> attempts(Map<String, Instant> terminationTimes) {
    return IntStream.range(0, entries.size())
        .filter(position -> entries.get(position).kind() == Kind.START)
        .mapToObj(position -> attemptAt(position, terminationTimes))
        .toList();
  }

  private Attempt attemptAt(int startIndex, Map<String, Instant> terminationTimes) {
    LedgerEntry startEntry = entries.get(startIndex);
    return IntStream.range(startIndex + 1, entries.size())
        .filter(position -> entries.get(position).attemptId().equals(startEntry.attemptId()))
        .mapToObj(endIndex -> endedAttempt(startEntry, startIndex, endIndex))
        .findFirst()
        .orElseGet(
            () ->
                unendedAttempt(
                    startEntry,
                    startIndex,
                    Optional.ofNullable(terminationTimes.get(startEntry.environment()))));
  }

  private Attempt endedAttempt(LedgerEntry startEntry, int startIndex, int endIndex) {
    LedgerEntry endEntry = entries.get(endIndex);
    Outcome outcome = endEntry.kind() == Kind.END ? Outcome.COMPLETED : Outcome.REJECTED;
    return new Attempt(subject, startEntry, endEntry.timestamp(), outcome, startIndex, endIndex);
  }

  private Attempt unendedAttempt(
      LedgerEntry startEntry, int startIndex, Optional<Instant> terminatedAt) {
    Instant endedAt = terminatedAt.orElse(Instant.MAX);
    int lastIndex =
        IntStream.range(startIndex, entries.size())
            .filter(position -> entries.get(position).timestamp().isBefore(endedAt))
            .max()
            .orElse(startIndex);
    Outcome outcome = terminatedAt.isPresent() ? Outcome.CRASHED : Outcome.UNFINISHED;
    return new Attempt(subject, startEntry, endedAt, outcome, startIndex, lastIndex + 1);
  }
}
