package dev.holdfast.lock.admin;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Which names a lock's row can have: those that locking takes, also with the mark of a permit. */
final class RowKeyValidator {
  private static final int MAX_BYTES = 2_048;

  private RowKeyValidator() {}

  static void require(String name) {
    int bytes = utf8Length(name);
    if (bytes < 1 || bytes > MAX_BYTES) {
      throw new IllegalArgumentException(
          "name must be 1 to 2048 bytes of UTF-8, got "
              + bytes
              + " bytes: no lock has another, pass the id of the resource");
    }
  }

  /** Half a surrogate pair would be sent as '?', and the answer be that of another lock. */
  private static int utf8Length(String name) {
    try {
      return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(name)).remaining();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          "name must be valid Unicode, got half a surrogate pair in it: no lock has such a name",
          e);
    }
  }
}
