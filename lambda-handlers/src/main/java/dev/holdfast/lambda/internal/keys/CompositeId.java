package dev.holdfast.lambda.internal.keys;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;

/** Joiner of several texts to one id. Different lists of texts have different ids. */
public final class CompositeId {

  private CompositeId() {}

  /**
   * Joins texts with colons and appends their lengths: {@code acme} and {@code 17} become {@code
   * acme:17#4,2}. The lengths make the id unambiguous.
   */
  public static String join(String... parts) {
    String lengths =
        Arrays.stream(parts).map(part -> Integer.toString(part.length())).collect(joining(","));
    return String.join(":", parts) + "#" + lengths;
  }
}
