package dev.holdfast.lambda.internal.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.Arrays;
import java.util.List;

/**
 * Splitter of query values that an HTTP API or a function URL has joined with commas. The raw query
 * string shows where one value ends.
 *
 * @param rawQuery the query string as the caller sent it
 */
record QueryValues(String rawQuery) {

  /** Returns the values of a parameter; the joined value if the raw query does not explain it. */
  List<String> split(String name, String joined) {
    List<String> values =
        Arrays.stream(rawQuery.split("&", -1))
            .map(parameter -> parameter.split("=", 2))
            .filter(parameter -> decode(parameter[0]).equals(name))
            .map(parameter -> parameter.length == 1 ? "" : decode(parameter[1]))
            .toList();
    return String.join(",", values).equals(joined) && !values.isEmpty() ? values : List.of(joined);
  }

  /** Returns the text unchanged if it has an invalid escape sequence. */
  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
