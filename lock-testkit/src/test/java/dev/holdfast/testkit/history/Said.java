package dev.holdfast.testkit.history;

import java.util.Locale;

/**
 * What a host said, with the times at which it can be sure of it, in microseconds of one clock that
 * all hosts share. A hold is one lock that was handed out. As text, one line.
 */
public sealed interface Said {
  /** The hold that it is about. */
  String hold();

  /** A lock was asked for, and handed out. */
  record Granted(String hold, String name, long token, long asked, long answered) implements Said {}

  /** The lock said that it is held, at some time before {@code known} and after {@code asked}. */
  record Believed(String hold, long asked, long known) implements Said {}

  /** The lock said that it is not held; it was known by then. */
  record Doubted(String hold, long known) implements Said {}

  /** The lock's register was written under this hold's fence, and the write acknowledged. */
  record Written(String hold, String register, long value) implements Said {}

  /** The register is about to be written; without an answer it may have been, or not. */
  record Attempted(String hold, String register) implements Said {}

  /** The work was completed; it is remembered until then at least. */
  record Completed(String hold, String name, long answered, long until) implements Said {}

  /** One line of words, as {@link #parse} reads it; no word has a blank in it. */
  default String line() {
    if (this instanceof Granted s) {
      return line("granted", hold(), s.name, s.token, s.asked, s.answered);
    }
    if (this instanceof Believed s) {
      return line("believed", hold(), s.asked, s.known);
    }
    if (this instanceof Doubted s) {
      return line("doubted", hold(), s.known);
    }
    if (this instanceof Written s) {
      return line("written", hold(), s.register, s.value);
    }
    if (this instanceof Attempted s) {
      return line("attempted", hold(), s.register);
    }
    Completed s = (Completed) this;
    return line("completed", hold(), s.name, s.answered, s.until);
  }

  private static String line(Object... words) {
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
  static Said parse(String line) {
    String[] w = line.split(" ", -1);
    return switch (w[0]) {
      case "granted" -> new Granted(w[1], w[2], number(w[3]), number(w[4]), number(w[5]));
      case "believed" -> new Believed(w[1], number(w[2]), number(w[3]));
      case "doubted" -> new Doubted(w[1], number(w[2]));
      case "written" -> new Written(w[1], w[2], number(w[3]));
      case "attempted" -> new Attempted(w[1], w[2]);
      case "completed" -> new Completed(w[1], w[2], number(w[3]), number(w[4]));
      default ->
          throw new IllegalArgumentException(
              String.format(Locale.ROOT, "a line of a history was expected, got '%s'", line));
    };
  }

  private static long number(String word) {
    return Long.parseLong(word);
  }
}
