package dev.holdfast.lock.internal.text;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Validation of arguments, and their format in messages. */
public final class Arguments {
  /** Text between a name and the number of its permit, in the key of the permit's row. */
  private static final String PERMIT_SEPARATOR = "#permit-";

  private static final Duration FORMAT_AS_MILLIS_MAX = Duration.ofDays(36_525);
  private static final int BYTES_MAX = 2_048;
  private static final int PERMITS_MAX = 100;

  /** Order of names that does not depend on a programming language or a locale. */
  public static final Comparator<String> UTF8_BYTE_ORDER =
      Comparator.comparing(name -> name.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

  private Arguments() {}

  /** Refuses a name whose row could be the row of a permit of another name. */
  public static void checkNoPermitMarker(String name) {
    if (name.contains(PERMIT_SEPARATOR)) {
      throw new IllegalArgumentException(
          "name must not contain '"
              + PERMIT_SEPARATOR
              + "', which marks the names of permits, got "
              + LogText.quote(name)
              + ": choose another name, or request a permit of the name before it");
    }
  }

  public static void checkPermits(String name, int permits) {
    if (permits < 1 || permits > PERMITS_MAX) {
      throw new IllegalArgumentException(
          "permits must be 1 to 100, got " + permits + ": for more, split the resource by name");
    }
    int bytes = encode(name + PERMIT_SEPARATOR + permits).remaining();
    if (bytes > BYTES_MAX) {
      throw new IllegalArgumentException(
          "name and the suffix of "
              + permits
              + " permits must be 1 to 2048 bytes of UTF-8 together, got "
              + bytes
              + " bytes: shorten the name, or use a hash of it");
    }
  }

  public static void checkName(String name) {
    Objects.requireNonNull(name, "name");
    if (name.isEmpty()) {
      throw new IllegalArgumentException(
          "name must be 1 to 2048 bytes of UTF-8, got an empty name: pass the id of the resource");
    }
    int bytes = encode(name).remaining();
    if (bytes > BYTES_MAX) {
      throw new IllegalArgumentException(
          "name must be 1 to 2048 bytes of UTF-8, got "
              + bytes
              + " bytes: shorten it, or use a hash of it");
    }
  }

  private static ByteBuffer encode(String name) {
    return encode("name", name);
  }

  /** Refuses a text that the table would store as another text. */
  public static void checkValidUnicode(String label, String text) {
    encode(label, text);
  }

  /** Refuses an unpaired surrogate, which would be stored as '?', so that two texts become one. */
  private static ByteBuffer encode(String label, String text) {
    try {
      return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          label
              + " must be valid Unicode, got an unpaired surrogate: pass a complete text, or an"
              + " encoding of the bytes",
          e);
    }
  }

  public static void checkRange(String label, Duration value, Duration min, Duration max) {
    if (value.compareTo(min) < 0) {
      throw outOfRange(label, "at least " + format(min), value);
    }
    if (value.compareTo(max) > 0) {
      throw outOfRange(label, "at most " + format(max), value);
    }
  }

  private static IllegalArgumentException outOfRange(String label, String allowed, Duration value) {
    return new IllegalArgumentException(
        String.format(Locale.ROOT, "%s must be %s, got %s", label, allowed, format(value)));
  }

  public static String format(Duration value) {
    if (value.abs().compareTo(FORMAT_AS_MILLIS_MAX) > 0) {
      return value.toString();
    }
    boolean wholeSeconds = value.getNano() == 0;
    if (wholeSeconds && value.getSeconds() % 3600 == 0 && !value.isZero()) {
      return value.toHours() + " h";
    }
    return wholeSeconds ? value.getSeconds() + " s" : value.toMillis() + " ms";
  }

  /** Builder of texts that show the components of a record that are set. */
  public static final class ToStringBuilder {
    private final StringJoiner parts;

    private ToStringBuilder(StringJoiner parts) {
      this.parts = parts;
    }

    public static ToStringBuilder of(Class<?> type, Object subject) {
      String start = type.getSimpleName() + "[";
      return new ToStringBuilder(new StringJoiner(", ", start, "]").add(text(subject)));
    }

    public ToStringBuilder add(String label, @Nullable Object value) {
      if (value instanceof Optional<?> optional) {
        return add(label, optional.orElse(null));
      }
      if (value != null) {
        parts.add(label + " " + text(value));
      }
      return this;
    }

    private static String text(Object value) {
      if (value instanceof Duration duration) {
        return format(duration);
      }
      return value instanceof Collection<?> values
          ? values.stream().map(ToStringBuilder::text).toList().toString()
          : LogText.escape(value.toString());
    }

    @Override
    public String toString() {
      return parts.toString();
    }
  }
}
