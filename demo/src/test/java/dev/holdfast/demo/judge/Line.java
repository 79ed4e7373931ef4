package dev.holdfast.demo.judge;

import dev.holdfast.demo.judge.Entry.Kind;
import java.time.Instant;
import java.util.List;

/** Writes ledgers by hand: who did what at which millisecond. */
final class Line {
  static final String SUBJECT = "order-17";

  private Line() {}

  static Entry begin(long at, String sandbox, String attempt, String step) {
    return entry(Kind.BEGIN, at, sandbox, attempt, step);
  }

  static Entry end(long at, String sandbox, String attempt, String step) {
    return entry(Kind.END, at, sandbox, attempt, step);
  }

  static Entry refused(long at, String sandbox, String attempt, String step) {
    return entry(Kind.REFUSED, at, sandbox, attempt, step);
  }

  static History history(Entry... entries) {
    return new History(SUBJECT, List.of(entries));
  }

  static Instant at(long millis) {
    return Instant.ofEpochMilli(millis);
  }

  private static Entry entry(Kind kind, long at, String sandbox, String attempt, String step) {
    return new Entry(kind, attempt, step, sandbox, at(at));
  }
}
