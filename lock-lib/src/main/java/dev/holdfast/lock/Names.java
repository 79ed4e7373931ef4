package dev.holdfast.lock;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Which names a lock may have: what DynamoDB takes as a partition key. */
final class Names {
  private static final int BYTES_MAX = 2_048;

  private Names() {}

  static void check(String name) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException(
          "name must be 1 to 2048 bytes of UTF-8, got an empty text: pass the id of the resource");
    }
    int bytes = encoded(name).remaining();
    if (bytes > BYTES_MAX) {
      throw new IllegalArgumentException(
          "name must be 1 to 2048 bytes of UTF-8, got "
              + bytes
              + " bytes: shorten it, or use a hash of it");
    }
  }

  /** Refuses half a surrogate pair: it would be stored as '?', and two names would be one. */
  private static ByteBuffer encoded(String name) {
    try {
      return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(name));
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          "name must be valid Unicode, got half a surrogate pair in it", e);
    }
  }
}
