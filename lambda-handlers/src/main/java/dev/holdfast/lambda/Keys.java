package dev.holdfast.lambda;

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
 * @param tenant whose keys these are, where tenants are isolated
 */
record Keys(String prefix, Optional<String> tenant) {
  private static final String EVENT = "#event";
  private static final String TENANT = "#tenant";
  private static final String RESOURCE = "#resource";
  private static final int BYTES_MAX = 2_048;

  String resource(String id) {
    String what = "resource id";
    if (tenant.isPresent()) {
      return checked(what, id, owned(List.of(tenant.get(), id)) + TENANT);
    }
    String key = prefix + id;
    boolean reserved = Stream.of(EVENT, TENANT, RESOURCE).anyMatch(key::endsWith);
    return checked(what, id, reserved ? key + RESOURCE : key);
  }

  String event(String consumer, String id) {
    List<String> owners = tenant.map(t -> List.of(t, consumer, id)).orElse(List.of(consumer, id));
    return checked("event id", id, owned(owners) + EVENT);
  }

  private String owned(List<String> parts) {
    return prefix + Parts.joined(parts.toArray(String[]::new));
  }

  private static String checked(String what, String id, String key) {
    int bytes = utf8(key);
    if (bytes <= BYTES_MAX) {
      return lockable(what, key);
    }
    throw new InvalidEventException(
        String.format(
            Locale.ROOT,
            "%s of %d bytes makes a key of %d bytes, and a key has at most %d: shorten it, or use"
                + " a hash of it",
            what,
            utf8(id),
            bytes,
            BYTES_MAX));
  }

  /**
   * What the lock refuses for other reasons than its length. The refusal's own text shows the id.
   */
  private static String lockable(String what, String key) {
    try {
      return LockRequest.of(key).name();
    } catch (IllegalArgumentException e) {
      throw new InvalidEventException(
          what
              + " makes no key: with prefix and consumer it must be valid Unicode, without half a"
              + " surrogate pair, and must not contain '#permit-', which marks rows of permits");
    }
  }

  private static int utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
