package dev.holdfast.lambda.internal.log;

import java.util.Locale;

/** Writer of values in log lines. An id from an event cannot forge a line or a pair. */
public final class LogValue {
  private static final int MAX_CHARS = 300;

  private LogValue() {}

  /** Returns a value, quoted if needed and cut after 300 characters. */
  public static String of(String value) {
    String truncated = value.length() > MAX_CHARS ? value.substring(0, MAX_CHARS) + "…" : value;
    return !truncated.isEmpty() && truncated.chars().allMatch(LogValue::isUnquoted)
        ? truncated
        : quote(truncated);
  }

  private static boolean isUnquoted(int c) {
    return !Character.isISOControl(c) && !Character.isWhitespace(c) && "\"=\\".indexOf(c) < 0;
  }

  private static String quote(String value) {
    StringBuilder text = new StringBuilder("\"");
    value.chars().forEach(c -> append(text, (char) c));
    return text.append('"').toString();
  }

  private static void append(StringBuilder text, char c) {
    if (c == '"' || c == '\\') {
      text.append('\\').append(c);
    } else if (c != ' ' && (Character.isISOControl(c) || Character.isWhitespace(c))) {
      text.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
    } else {
      text.append(c);
    }
  }
}
