package dev.holdfast.lock.internal.text;

import java.util.Locale;

/**
 * Rule for texts of callers, events and rows in log lines, messages and the logging context. Such a
 * text can neither forge a line or a pair nor change how a terminal shows the rest.
 *
 * <p>Control and format characters, line and paragraph separators, unpaired surrogates, private and
 * unassigned characters, and all spaces except U+0020 become escapes such as <code>&#92;u000a
 * </code>. A value is cut after 300 characters.
 */
public final class LogText {
  private static final int VALUE_LENGTH_MAX = 300;
  private static final int MESSAGE_LENGTH_MAX = 4_000;

  private LogText() {}

  /** Returns a value of a log line as one token, in quotation marks if it needs them. */
  public static String value(String text) {
    boolean bare = !text.isEmpty() && text.codePoints().allMatch(LogText::isBare);
    return bare ? escape(text) : '"' + escape(text, VALUE_LENGTH_MAX, "\"\\") + '"';
  }

  /** Returns a value of a message, in single quotation marks. */
  public static String quote(String text) {
    return "'" + escape(text) + "'";
  }

  /** Returns a value without quotation marks. */
  public static String escape(String text) {
    return escape(text, VALUE_LENGTH_MAX, "");
  }

  /**
   * Returns a whole message, whose values may be escaped already. It is cut after 4,000 characters.
   */
  public static String message(String text) {
    return escape(text, MESSAGE_LENGTH_MAX, "");
  }

  /** Returns a text of limited length with a space for each run of characters to be escaped. */
  public static String singleLine(String text, int lengthMax) {
    StringBuilder line = new StringBuilder();
    text.codePoints()
        .map(c -> isPrintable(c) ? c : '\n')
        .filter(c -> c != '\n' || line.isEmpty() || line.charAt(line.length() - 1) != '\n')
        .forEachOrdered(line::appendCodePoint);
    return cut(line.toString().replace('\n', ' '), lengthMax);
  }

  private static String escape(String text, int lengthMax, String quoted) {
    String shown = cut(text, lengthMax);
    StringBuilder escaped = new StringBuilder();
    shown.codePoints().forEachOrdered(c -> append(escaped, c, quoted));
    return shown.length() < text.length() ? escaped.append('…').toString() : escaped.toString();
  }

  private static void append(StringBuilder escaped, int c, String quoted) {
    if (quoted.indexOf(c) >= 0) {
      escaped.append('\\').appendCodePoint(c);
    } else if (isPrintable(c)) {
      escaped.appendCodePoint(c);
    } else {
      for (char unit : Character.toChars(c)) {
        escaped.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
      }
    }
  }

  /** Returns the start of a text, which does not end within a surrogate pair. */
  private static String cut(String text, int lengthMax) {
    if (text.length() <= lengthMax) {
      return text;
    }
    boolean splitsPair =
        Character.isSurrogatePair(text.charAt(lengthMax - 1), text.charAt(lengthMax));
    return text.substring(0, splitsPair ? lengthMax - 1 : lengthMax);
  }

  private static boolean isBare(int c) {
    return c != ' ' && isPrintable(c) && "\"=\\".indexOf(c) < 0;
  }

  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      case Character.SPACE_SEPARATOR -> c == ' ';
      default -> true;
    };
  }
}
