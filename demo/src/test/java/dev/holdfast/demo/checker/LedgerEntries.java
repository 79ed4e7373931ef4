package dev.holdfast.demo.checker;

import dev.holdfast.demo.checker.LedgerEntry.Kind;
import java.time.Instant;
import java.util.List;

/** Creates ledger entries with times in milliseconds. */
final class LedgerEntries {
  static final String SUBJECT = "order-17";

  private LedgerEntries() {}

  static LedgerEntry start(long atMillis, String environment, String attempt, String step) {
    return entry(Kind.START, atMillis, environment, attempt, step);
  }

  static LedgerEntry end(long atMillis, String environment, String attempt, String step) {
    return entry(Kind.END, atMillis, environment, attempt, step);
  }

  static LedgerEntry rejected(long atMillis, String environment, String attempt, String step) {
    return entry(Kind.REJECTED, atMillis, environment, attempt, step);
  }

  static History history(LedgerEntry... entries) {
    return new History(SUBJECT, List.of(entries));
  }

  static Instant at(long millis) {
    return Instant.ofEpochMilli(millis);
  }

  private static LedgerEntry entry(
      Kind kind, long atMillis, String environment, String attempt, String step) {
    return new LedgerEntry(kind, attempt, step, environment, at(atMillis));
  }
}
