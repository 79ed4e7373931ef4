package dev.holdfast.lambda.internal.keys;

import static java.util.stream.Collectors.joining;

import dev.holdfast.lambda.error.InvalidEventException;
import java.time.temporal.TemporalAccessor;
import java.util.Arrays;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

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

  /** Joins parts that come from an event. */
  public static String ofParts(String kind, @Nullable Object... parts) {
    Objects.requireNonNull(parts, "parts of an id must be an array, got null: pass the parts");
    String[] texts = new String[parts.length + 1];
    texts[0] = text(kind, 1);
    for (int i = 0; i < parts.length; i++) {
      texts[i + 1] = text(parts[i], i + 2);
    }
    return join(texts);
  }

  private static String text(@Nullable Object part, int number) {
    if (part == null) {
      throw missing(number, "null");
    }
    if (!isText(part)) {
      throw new IllegalArgumentException(
          "part "
              + number
              + " of an id must be a text, a number, a boolean, an enum, a UUID, a date or a time,"
              + " got "
              + part.getClass().getName()
              + ": pass the value that identifies it");
    }
    String text = part.toString();
    if (text.isEmpty()) {
      throw missing(number, "an empty text");
    }
    return text;
  }

  private static boolean isText(Object part) {
    return part instanceof CharSequence
        || part instanceof Number
        || part instanceof Boolean
        || part instanceof Character
        || part instanceof Enum
        || part instanceof UUID
        || part instanceof TemporalAccessor;
  }

  private static InvalidEventException missing(int number, String got) {
    return new InvalidEventException(
        "part "
            + number
            + " of an id must have at least one character, got "
            + got
            + ": check the field of the event that it is read from");
  }
}
