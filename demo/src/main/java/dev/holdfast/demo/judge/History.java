package dev.holdfast.demo.judge;

import dev.holdfast.demo.judge.Attempt.Outcome;
import dev.holdfast.demo.judge.Entry.Kind;
import dev.holdfast.demo.words.Text;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Everything that was ever done to one subject.
 *
 * @param subject what was worked on
 * @param entries in the order in which the ledger's table took them, whatever clocks say
 */
public record History(String subject, List<Entry> entries) {

  /** Checks that every end has its beginning, and every beginning at most one end. */
  public History {
    entries = List.copyOf(entries);
    Map<String, Kind> last = new HashMap<>();
    for (Entry entry : entries) {
      Kind before = last.put(entry.attempt(), entry.kind());
      if (!entry.kind().mayFollow(before)) {
        throw new IllegalArgumentException(
            Text.of(
                "history of %s: attempt %s has %s after %s",
                subject, entry.attempt(), entry.kind(), before));
      }
    }
  }

  /**
   * Joins beginnings and ends.
   *
   * @param ends when sandboxes ended: what one had begun and not ended, ended with it
   * @return the attempts that began, in the order of their beginning
   */
  public List<Attempt> attempts(Map<String, Instant> ends) {
    return IntStream.range(0, entries.size())
        .filter(position -> entries.get(position).kind() == Kind.BEGIN)
        .mapToObj(position -> begunAt(position, ends))
        .toList();
  }

  private Attempt begunAt(int from, Map<String, Instant> ends) {
    Entry begin = entries.get(from);
    return IntStream.range(from + 1, entries.size())
        .filter(position -> entries.get(position).attempt().equals(begin.attempt()))
        .mapToObj(to -> ended(begin, from, to))
        .findFirst()
        .orElseGet(() -> unended(begin, from, Optional.ofNullable(ends.get(begin.sandbox()))));
  }

  private Attempt ended(Entry begin, int from, int to) {
    Entry end = entries.get(to);
    Outcome outcome = end.kind() == Kind.END ? Outcome.DONE : Outcome.REFUSED;
    return new Attempt(subject, begin, end.at(), outcome, from, to);
  }

  private Attempt unended(Entry begin, int from, Optional<Instant> end) {
    Instant until = end.orElse(Instant.MAX);
    int to =
        IntStream.range(from, entries.size())
            .filter(position -> entries.get(position).at().isBefore(until))
            .max()
            .orElse(from);
    Outcome outcome = end.isPresent() ? Outcome.DIED : Outcome.NEVER_ENDED;
    return new Attempt(subject, begin, until, outcome, from, to + 1);
  }
}
