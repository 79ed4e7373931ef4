package dev.holdfast.lock.dynamodb.admin;

import dev.holdfast.lock.dynamodb.TableSchema;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * A table to create: on-demand, with its time to live on and its tag set. Immutable.
 *
 * @param name the table's name
 * @param tags tags besides the one by which lock tables are known
 * @param protection whether DynamoDB shall refuse to delete it
 * @param waitUpTo how long to wait until it can be used
 */
public record NewLockTable(
    String name, Map<String, String> tags, Protection protection, Duration waitUpTo) {
  private static final String ARN = "arn:";
  private static final Duration WAIT = Duration.ofMinutes(2);
  private static final Duration WAIT_MIN = Duration.ofSeconds(1);
  private static final Duration WAIT_MAX = Duration.ofHours(1);

  /**
   * Checks what can be checked without a call.
   *
   * @throws IllegalArgumentException if no table can have that name, a tag takes the place of the
   *     lock tables' own, or the wait is not from 1 s to 1 h
   */
  public NewLockTable {
    TableSchema.requireTable(name);
    if (name.startsWith(ARN)) {
      throw new IllegalArgumentException(
          "a new table needs a name, got the ARN '" + name + "': pass what follows its '/'");
    }
    if (tags.containsKey(TableSchema.TAG)) {
      throw new IllegalArgumentException(
          "tag '" + TableSchema.TAG + "' is set on every lock table: leave it out");
    }
    if (waitUpTo.compareTo(WAIT_MIN) < 0 || waitUpTo.compareTo(WAIT_MAX) > 0) {
      throw new IllegalArgumentException(
          "wait must be from 1 s to 1 h, got " + waitUpTo + ": tables take seconds to minutes");
    }
    tags = Map.copyOf(tags);
  }

  /**
   * A table without further tags, protected from deletion, waited for up to 2 minutes.
   *
   * @param name its name
   * @return what to create
   * @throws IllegalArgumentException if no table can have that name
   */
  public static NewLockTable named(String name) {
    return new NewLockTable(name, Map.of(), Protection.ON, WAIT);
  }

  /**
   * With one more tag.
   *
   * @param key the tag's key; given again, the last value counts
   * @param value the tag's value
   * @return a copy
   */
  public NewLockTable tag(String key, String value) {
    Map<String, String> more = new TreeMap<>(tags);
    more.put(key, value);
    return new NewLockTable(name, more, protection, waitUpTo);
  }

  /**
   * With or without protection from deletion.
   *
   * @param other which
   * @return a copy
   */
  public NewLockTable protection(Protection other) {
    return new NewLockTable(name, tags, other, waitUpTo);
  }

  /**
   * With another bound of the wait.
   *
   * @param other 1 s to 1 h
   * @return a copy
   */
  public NewLockTable waitUpTo(Duration other) {
    return new NewLockTable(name, tags, protection, other);
  }
}
