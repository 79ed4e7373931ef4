package dev.holdfast.lambda.internal.keys;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;

/** Several texts as one id, from which they can be told again: no two lists give the same id. */
public final class CompositeId {

  private CompositeId() {}

  public static String join(String... parts) {
    String lengths =
        Arrays.stream(parts).map(part -> Integer.toString(part.length())).collect(joining(","));
    return String.join(":", parts) + "#" + lengths;
  }
}
