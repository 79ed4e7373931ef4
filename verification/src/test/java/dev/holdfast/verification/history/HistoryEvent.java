package dev.holdfast.verification.history;

import java.util.Locale;

/**
 * What a host said, with the times at which it can be sure of it, in microseconds of one clock that
 * all hosts share. A hold is one lock that was handed out. As text, one line.
 */
public sealed interface HistoryEvent {
  /** The hold that it is about. */
  String hold();

  /** A lock was asked for, and handed out. */
  record Acquired(String hold, String name, long token, long requestedAt, long repliedAt)
      implements HistoryEvent {}

  /** The lock said that it is held, at some time before {@code known} and after {@code asked}. */
  record ObservedHeld(String hold, long requestedAt, long observedAt) implements HistoryEvent {}

  /** The lock said that it is not held; it was known by then. */
  record ObservedNotHeld(String hold, long observedAt) implements HistoryEvent {}

  /** The lock's register was written under this hold's fence, and the write acknowledged. */
  record Written(String hold, String register, long value) implements HistoryEvent {}

  /** The register is about to be written; without an answer it may have been, or not. */
  record WriteAttempted(String hold, String register) implements HistoryEvent {}

  /** The work was completed; it is remembered until then at least. */
  record Completed(String hold, String name, long repliedAt, long expiresAt)
      implements HistoryEvent {}

  /** One line of words, as {@link #parse} reads it; no word has a blank in it. */
  default String toLine() {
    if (this instanceof Acquired event) {
      return toLine("acquired", hold(), event.name, event.token, event.requestedAt, event.repliedAt);
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
   * Reads a line.
   *
   * @throws IllegalArgumentException if it is none
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
      case "observed-held" -> new ObservedHeld(words[1], parseNumber(words[2]), parseNumber(words[3]));
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
