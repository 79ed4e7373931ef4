package dev.holdfast.lambda.internal.json;

import java.util.Locale;

/** A text as JSON writes it. */
public final class JsonString {

  private JsonString() {}

  public static String quote(String value) {
    StringBuilder json = new StringBuilder("\"");
    value.chars().forEach(c -> append(json, (char) c));
    return json.append('"').toString();
  }

  /** Half a surrogate pair is escaped, too: it has no bytes of its own. */
  private static void append(StringBuilder json, char c) {
    if (c == '"' || c == '\\') {
      json.append('\\').append(c);
    } else if (c < ' ' || Character.isSurrogate(c)) {
      json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
    } else {
      json.append(c);
    }
  }
}
