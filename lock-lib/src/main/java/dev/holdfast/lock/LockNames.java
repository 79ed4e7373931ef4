package dev.holdfast.lock;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/** Validation of lock names. A name must be a partition key that DynamoDB accepts. */
final class LockNames {
  private static final int BYTES_MAX = 2_048;
  private static final int PERMITS_MAX = 100;

  /** Order of names that does not depend on a programming language or a locale. */
  static final Comparator<String> UTF8_BYTE_ORDER =
      Comparator.comparing(name -> name.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

  private LockNames() {}

  /** Refuses a name whose row could be the row of a permit of another name. */
  static void checkNoPermitMarker(String name) {
    if (name.contains(LockRequest.PERMIT_SEPARATOR)) {
      throw new IllegalArgumentException(
          "name must not contain '"
              + LockRequest.PERMIT_SEPARATOR
              + "', which marks the names of permits, got '"
              + name
              + "': choose another name, or request a permit of the name before it");
    }
  }

  static void checkPermits(String name, int permits) {
    if (permits < 1 || permits > PERMITS_MAX) {
      throw new IllegalArgumentException(
          "permits must be 1 to 100, got " + permits + ": for more, split the resource by name");
    }
    int bytes = encode(name + LockRequest.PERMIT_SEPARATOR + permits).remaining();
    if (bytes > BYTES_MAX) {
      throw new IllegalArgumentException(
          "name and the suffix of "
              + permits
              + " permits must be 1 to 2048 bytes of UTF-8 together, got "
              + bytes
              + " bytes: shorten the name, or use a hash of it");
    }
  }

  static void check(String name) {
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
  static void checkValidUnicode(String label, String text) {
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
}
