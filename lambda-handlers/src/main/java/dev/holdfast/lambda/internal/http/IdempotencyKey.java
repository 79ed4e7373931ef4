package dev.holdfast.lambda.internal.http;

import dev.holdfast.lambda.error.InvalidEventException;
import dev.holdfast.lambda.internal.keys.CompositeId;
import dev.holdfast.lambda.model.HttpRequest;
import java.util.List;
import java.util.Optional;

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
}
