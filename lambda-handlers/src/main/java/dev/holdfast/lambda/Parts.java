package dev.holdfast.lambda;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;

/** Several texts as one id, from which they can be told again: no two lists give the same id. */
final class Parts {

  private Parts() {}

  static String joined(String... parts) {
    String lengths =
        Arrays.stream(parts).map(part -> Integer.toString(part.length())).collect(joining(","));
    return String.join(":", parts) + "#" + lengths;
  }
}
