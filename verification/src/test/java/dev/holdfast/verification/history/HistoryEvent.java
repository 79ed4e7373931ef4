package dev.holdfast.verification.history;

import java.util.Locale;

/**
 * Observation of one host. Times are microseconds of a clock that all hosts share. A hold is one
 * acquired lock. The text form is one line.
 */
public sealed interface HistoryEvent {
  /** Returns the hold that the event belongs to. */
  String hold();

  /** A lock was requested and acquired. */
  record Acquired(String hold, String name, long token, long requestedAt, long repliedAt)
      implements HistoryEvent {}

  /** The lock was held at some time between the two times. */
  record ObservedHeld(String hold, long requestedAt, long observedAt) implements HistoryEvent {}

  /** The lock was no longer held at the time. */
  record ObservedNotHeld(String hold, long observedAt) implements HistoryEvent {}

  /** A write to the register under the fence of this hold was acknowledged. */
  record Written(String hold, String register, long value) implements HistoryEvent {}

  /** A write to the register starts. Without an acknowledgment its outcome is unknown. */
  record WriteAttempted(String hold, String register) implements HistoryEvent {}

  /** The work was completed. The completion is kept at least until {@code expiresAt}. */
  record Completed(String hold, String name, long repliedAt, long expiresAt)
      implements HistoryEvent {}

  /** Returns the text form, which {@link #parse} reads. No word contains a blank. */
  default String toLine() {
    if (this instanceof Acquired event) {
      return toLine(
          "acquired", hold(), event.name, event.token, event.requestedAt, event.repliedAt);
    }
    if (this instanceof ObservedHeld event) {
      return toLine("observed-held", hold(), event.requestedAt, event.observedAt);
    }
    if (this instanceof ObservedNotHeld event) {
      return toLine("observed-not-held", hold(), event.observedAt);
    }
    if (this instanceof Written event) {
      return toLine("written", hold(), event.register, event.value);
    }
    if (this instanceof WriteAttempted event) {
      return toLine("write-attempted", hold(), event.register);
    }
    Completed event = (Completed) this;
    return toLine("completed", hold(), event.name, event.repliedAt, event.expiresAt);
  }

  private static String toLine(Object... words) {
    StringBuilder line = new StringBuilder();
    for (Object word : words) {
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    return line.toString();
  }

  /**
   * Parses the text form.
   *
   * @throws IllegalArgumentException if the line is not an event
   */
  static HistoryEvent parse(String line) {
    String[] words = line.split(" ", -1);
    return switch (words[0]) {
      case "acquired" ->
          new Acquired(
              words[1],
              words[2],
              parseNumber(words[3]),
              parseNumber(words[4]),
              parseNumber(words[5]));
      case "observed-held" ->
          new ObservedHeld(words[1], parseNumber(words[2]), parseNumber(words[3]));
      case "observed-not-held" -> new ObservedNotHeld(words[1], parseNumber(words[2]));
      case "written" -> new Written(words[1], words[2], parseNumber(words[3]));
      case "write-attempted" -> new WriteAttempted(words[1], words[2]);
      case "completed" ->
          new Completed(words[1], words[2], parseNumber(words[3]), parseNumber(words[4]));
      default ->
          throw new IllegalArgumentException(
              String.format(Locale.ROOT, "expected a line of a history, got '%s'", line));
    };
  }

  private static long parseNumber(String word) {
    return Long.parseLong(word);
  }
}
