package dev.holdfast.lambda.internal.json;

import java.util.Locale;

/** Writer of JSON strings. */
public final class JsonString {

  private JsonString() {}

  /** Returns a text as a JSON string with its quotation marks. */
  public static String quote(String value) {
    StringBuilder json = new StringBuilder("\"");
    value.chars().forEach(c -> append(json, (char) c));
    return json.append('"').toString();
  }

  /** Escapes surrogates as well, because an unpaired one has no encoding in UTF-8. */
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
