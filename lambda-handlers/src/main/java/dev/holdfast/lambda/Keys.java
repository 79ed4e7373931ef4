package dev.holdfast.lambda;

import dev.holdfast.lock.LockRequest;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * How ids become keys of the lock table. Every key starts with the prefix, so that a policy can be
 * limited to it.
 *
 * <p>A resource's key is prefix and id as they are: everyone who locks that text means the same
 * resource. An event's key belongs to one consumer. It ends in a reserved word, and a resource's
 * key that ends so by itself is given another ending, so the two never meet, whatever the ids and
 * prefixes. The lengths at its end make it readable from behind in one way only: two different
 * (prefix, consumer, id) never share a key.
 *
 * @param prefix what every key starts with; may be empty
 */
record Keys(String prefix) {
  private static final String EVENT = "#event";
  private static final String RESOURCE = "#resource";
  private static final int BYTES_MAX = 2_048;

  String resource(String id) {
    String key = prefix + id;
    boolean reserved = key.endsWith(EVENT) || key.endsWith(RESOURCE);
    return checked("resource id", id, reserved ? key + RESOURCE : key);
  }

  String event(String consumer, String id) {
    String lengths = "#" + consumer.length() + "," + id.length();
    return checked("event id", id, prefix + consumer + ":" + id + lengths + EVENT);
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
