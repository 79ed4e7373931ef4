package dev.holdfast.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** What makes two requests one: the same key, from the same caller, for the same route. */
final class IdempotencyKey {
  private static final String HEADER = "Idempotency-Key";
  private static final int CHARS_MAX = 255;

  private IdempotencyKey() {}

  /** The key that the caller sent. */
  static Optional<String> of(HttpRequest request) {
    List<String> keys = request.header(HEADER);
    if (keys.size() > 1) {
      throw new InvalidEventException(
          HEADER + " must be one header, got " + keys.size() + ": send one key");
    }
    keys.forEach(IdempotencyKey::check);
    return keys.stream().findFirst();
  }

  private static void check(String key) {
    boolean printable = key.chars().allMatch(c -> c > ' ' && c < 0x7f);
    if (key.isEmpty() || key.length() > CHARS_MAX || !printable) {
      throw new InvalidEventException(
          HEADER
              + " must have 1 to 255 printable ASCII characters without spaces, got "
              + key.length()
              + " characters");
    }
  }

  static InvalidEventException missing() {
    return new InvalidEventException(
        "header "
            + HEADER
            + " is missing: send a new one for each new request, and the same one"
            + " with each retry");
  }

  /** The event's id: a key belongs to its caller and to what it was sent to. */
  static String scoped(HttpRequest request, String principal, String key) {
    return Parts.joined(request.method(), request.route(), principal, key);
  }

  /** What was asked for, by a hash: path, query and body. */
  static String payloadHash(HttpRequest request) {
    MessageDigest sha = sha256();
    add(sha, request.path().getBytes(UTF_8));
    add(sha, new TreeMap<>(request.target().query()).toString().getBytes(UTF_8));
    add(sha, request.bytes());
    return HexFormat.of().formatHex(sha.digest());
  }

  private static void add(MessageDigest sha, byte[] part) {
    sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
    sha.update(part);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
