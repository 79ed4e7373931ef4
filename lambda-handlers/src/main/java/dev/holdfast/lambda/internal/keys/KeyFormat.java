package dev.holdfast.lambda.internal.keys;

import dev.holdfast.lambda.error.InvalidEventException;
import dev.holdfast.lock.LockRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How ids become keys of the lock table. Every key starts with the prefix, so that a policy can be
 * limited to it.
 *
 * <p>A resource's key is prefix and id as they are: everyone who locks that text means the same
 * resource. An event's key belongs to one consumer, and where tenants are isolated from each other
 * every key belongs to one of them. Such keys end in a reserved word, and a resource's key that
 * ends so by itself is given another ending, so the kinds never meet, whatever the ids and
 * prefixes. The lengths at the end make a key readable from behind in one way only: two different
 * (prefix, tenant, consumer, id) never share one.
 *
 * @param prefix what every key starts with; may be empty
 * @param tenantId whose keys these are, where tenants are isolated
 */
record KeyFormat(String prefix, Optional<String> tenantId) {
  private static final String EVENT_SUFFIX = "#event";
  private static final String TENANT_SUFFIX = "#tenant";
  private static final String RESOURCE_SUFFIX = "#resource";
  private static final int MAX_BYTES = 2_048;

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
            "%s of %d bytes makes a key of %d bytes, and a key has at most %d: shorten it, or use"
                + " a hash of it",
            idKind,
            utf8Length(id),
            bytes,
            MAX_BYTES));
  }

  /**
   * What the lock refuses for other reasons than its length. The refusal's own text shows the id.
   */
  private static String validateName(String idKind, String key) {
    try {
      return LockRequest.of(key).name();
    } catch (IllegalArgumentException e) {
      throw new InvalidEventException(
          idKind
              + " makes no key: with prefix and consumer it must be valid Unicode, without half a"
              + " surrogate pair, and must not contain '#permit-', which marks rows of permits");
    }
  }

  private static int utf8Length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
