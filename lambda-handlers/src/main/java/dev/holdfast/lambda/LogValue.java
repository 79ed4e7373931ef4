package dev.holdfast.lambda;

import java.util.Locale;

/** A value in a log line: ids come from events, and must not look like lines or pairs. */
final class LogValue {
  private static final int CHARS_MAX = 300;

  private LogValue() {}

  static String of(String value) {
    String cut = value.length() > CHARS_MAX ? value.substring(0, CHARS_MAX) + "…" : value;
    return !cut.isEmpty() && cut.chars().allMatch(LogValue::isPlain) ? cut : quoted(cut);
  }

  private static boolean isPlain(int c) {
    return !Character.isISOControl(c) && !Character.isWhitespace(c) && "\"=\\".indexOf(c) < 0;
  }

  private static String quoted(String value) {
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
