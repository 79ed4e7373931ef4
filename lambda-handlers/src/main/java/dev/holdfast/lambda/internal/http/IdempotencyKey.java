package dev.holdfast.lambda.internal.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.lambda.error.InvalidEventException;
import dev.holdfast.lambda.internal.keys.CompositeId;
import dev.holdfast.lambda.model.HttpRequest;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Idempotency key of a request. Requests of one caller to one route with one key are one. */
public final class IdempotencyKey {
  private static final String HEADER_NAME = "Idempotency-Key";
  private static final int MAX_CHARS = 255;

  private IdempotencyKey() {}

  /**
   * Returns the key that the caller sent.
   *
   * @throws InvalidEventException if there are several, or if the key is not valid
   */
  public static Optional<String> fromHeader(HttpRequest request) {
    List<String> keys = request.header(HEADER_NAME);
    if (keys.size() > 1) {
      throw new InvalidEventException(
          HEADER_NAME + " must be one header, got " + keys.size() + ": send one key");
    }
    keys.forEach(IdempotencyKey::validate);
    return keys.stream().findFirst();
  }

  private static void validate(String key) {
    boolean printable = key.chars().allMatch(c -> c > ' ' && c < 0x7f);
    if (key.isEmpty() || key.length() > MAX_CHARS || !printable) {
      throw new InvalidEventException(
          HEADER_NAME
              + " must have 1 to 255 printable ASCII characters without spaces, got "
              + key.length()
              + " characters");
    }
  }

  /** Returns the error of a request that needs a key and has none. */
  public static InvalidEventException missingKey() {
    return new InvalidEventException(
        "header "
            + HEADER_NAME
            + " is missing: send a new key with each new request, and the same key with each"
            + " retry");
  }

  /** Returns the event id: method, route and caller with the key. */
  static String scopeToCaller(HttpRequest request, String principal, String key) {
    return CompositeId.join(request.method(), request.route(), principal, key);
  }

  /** Returns the SHA-256 of path, query and body, in hexadecimal digits. */
  static String payloadHash(HttpRequest request) {
    MessageDigest digest = sha256();
    addPart(digest, request.path().getBytes(UTF_8));
    addPart(digest, new TreeMap<>(request.target().queryParameters()).toString().getBytes(UTF_8));
    addPart(digest, request.bodyBytes());
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void addPart(MessageDigest digest, byte[] part) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
    digest.update(part);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is missing in this JDK", e);
    }
  }
}
