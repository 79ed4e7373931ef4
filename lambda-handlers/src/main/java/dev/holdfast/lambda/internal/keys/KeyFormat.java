package dev.holdfast.lambda.internal.keys;

import dev.holdfast.lambda.error.InvalidEventException;
import dev.holdfast.lock.LockRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Format of the keys of the lock table. Every key starts with the prefix, so that an IAM policy can
 * be limited to it.
 *
 * <p>A resource key is the prefix and the unchanged id. All users of the table that lock this text
 * lock the same resource. An event key belongs to one consumer. In a function with tenant
 * isolation, every key belongs to one tenant.
 *
 * <p>Event keys and tenants' keys end with a reserved suffix. A resource key that ends with a
 * reserved suffix gets a further suffix. So keys of different kinds never collide, for any ids and
 * prefixes. The lengths of the parts precede the suffix and make each key unambiguous: two
 * different lists of prefix, tenant, consumer and id never have the same key.
 *
 * @param prefix the start of every key; may be empty
 * @param tenantId the tenant of the invocation, in a function with tenant isolation
 */
record KeyFormat(String prefix, Optional<String> tenantId) {
  private static final String EVENT_SUFFIX = "#event";
  private static final String TENANT_SUFFIX = "#tenant";
  private static final String RESOURCE_SUFFIX = "#resource";
  private static final int MAX_BYTES = 2_048;

  /**
   * Returns the key of a resource.
   *
   * @throws InvalidEventException if the id forms no valid key
   */
  String resourceKey(String id) {
    String idKind = "resource id";
    if (tenantId.isPresent()) {
      return validateLength(idKind, id, compositeKey(List.of(tenantId.get(), id)) + TENANT_SUFFIX);
    }
    String key = prefix + id;
    boolean endsWithReservedSuffix =
        Stream.of(EVENT_SUFFIX, TENANT_SUFFIX, RESOURCE_SUFFIX).anyMatch(key::endsWith);
    return validateLength(idKind, id, endsWithReservedSuffix ? key + RESOURCE_SUFFIX : key);
  }

  /**
   * Returns the key of a consumer's event.
   *
   * @throws InvalidEventException if the id forms no valid key
   */
  String eventKey(String consumer, String id) {
    List<String> parts = tenantId.map(t -> List.of(t, consumer, id)).orElse(List.of(consumer, id));
    return validateLength("event id", id, compositeKey(parts) + EVENT_SUFFIX);
  }

  private String compositeKey(List<String> parts) {
    return prefix + CompositeId.join(parts.toArray(String[]::new));
  }

  private static String validateLength(String idKind, String id, String key) {
    int bytes = utf8Length(key);
    if (bytes <= MAX_BYTES) {
      return validateName(idKind, key);
    }
    throw new InvalidEventException(
        String.format(
            Locale.ROOT,
            "%s of %d bytes forms a key of %d bytes, and a key has at most %d bytes: shorten the id,"
                + " or use a hash of it",
            idKind,
            utf8Length(id),
            bytes,
            MAX_BYTES));
  }

  /** Checks the rules of the lock client. Its message has the id, so it is replaced. */
  private static String validateName(String idKind, String key) {
    try {
      return LockRequest.of(key).name();
    } catch (IllegalArgumentException e) {
      throw new InvalidEventException(
          idKind
              + " forms no valid key: prefix, consumer and id must be valid Unicode without an"
              + " unpaired surrogate, and must not contain '#permit-', which marks the rows of"
              + " permits");
    }
  }

  private static int utf8Length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
