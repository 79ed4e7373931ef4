package dev.holdfast.lambda.internal.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.lambda.internal.json.CanonicalJson;
import dev.holdfast.lambda.internal.json.JsonCodec;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Fingerprint of a payload: the SHA-256 of its canonical JSON. White space, the order of members
 * and the notation of numbers do not count. Bytes that are not JSON count as they are.
 */
public final class PayloadFingerprint {

  private PayloadFingerprint() {}

  /**
   * Returns the fingerprint of a payload in hexadecimal digits.
   *
   * @param payload JSON or other bytes, or any value that can be written as JSON
   * @throws IllegalStateException if the value cannot be written as JSON, or has a class without
   *     getters and public fields, whose values would all be the same
   */
  public static String of(@Nullable Object payload) {
    return ofBytes(payload instanceof byte[] bytes ? bytes : write(payload));
  }

  private static String ofBytes(byte[] bytes) {
    MessageDigest digest = sha256();
    Optional<CanonicalJson> canonical = CanonicalJson.of(bytes);
    if (canonical.isPresent()) {
      digest.update("json\n".getBytes(UTF_8));
      digest.update(canonical.get().text().getBytes(UTF_8));
    } else {
      digest.update("bytes\n".getBytes(UTF_8));
      digest.update(bytes);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  @SuppressWarnings("unchecked") // the class of a value is a class of its type
  private static byte[] write(@Nullable Object payload) {
    Class<Object> type = payload == null ? Object.class : (Class<Object>) payload.getClass();
    try {
      return JsonCodec.of(type).refusingEmptyClasses().write(payload);
    } catch (RuntimeException | StackOverflowError e) {
      throw new IllegalStateException(
          "payload of "
              + type.getName()
              + " cannot be written as JSON: return a text, a number, a map, a list, a record, a class"
              + " with getters, or bytes that identify the payload",
          e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is missing in this JDK", e);
    }
  }
}
