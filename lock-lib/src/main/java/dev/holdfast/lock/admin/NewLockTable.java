package dev.holdfast.lock.admin;

import dev.holdfast.lock.dynamodb.TableSchema;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * A table to create: on-demand, with its time to live on and its tag set. Immutable.
 *
 * @param name the table's name
 * @param tags tags besides the one by which lock tables are known
 * @param deletionProtection whether DynamoDB shall refuse to delete it
 * @param maxWait how long to wait until it can be used
 */
public record NewLockTable(
    String name,
    Map<String, String> tags,
    DeletionProtection deletionProtection,
    Duration maxWait) {
  private static final String ARN = "arn:";
  private static final Duration DEFAULT_MAX_WAIT = Duration.ofMinutes(2);
  private static final Duration MIN_WAIT = Duration.ofSeconds(1);
  private static final Duration MAX_WAIT = Duration.ofHours(1);

  /**
   * Checks what can be checked without a call.
   *
   * @throws IllegalArgumentException if no table can have that name, a tag takes the place of the
   *     lock tables' own, or the wait is not from 1 s to 1 h
   */
  public NewLockTable {
    TableSchema.requireTableName(name);
    if (name.startsWith(ARN)) {
      throw new IllegalArgumentException(
          "a new table needs a name, got the ARN '" + name + "': pass what follows its '/'");
    }
    if (tags.containsKey(TableSchema.TAG)) {
      throw new IllegalArgumentException(
          "tag '" + TableSchema.TAG + "' is set on every lock table: leave it out");
    }
    if (maxWait.compareTo(MIN_WAIT) < 0 || maxWait.compareTo(MAX_WAIT) > 0) {
      throw new IllegalArgumentException(
          "wait must be from 1 s to 1 h, got " + maxWait + ": tables take seconds to minutes");
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
  public static NewLockTable of(String name) {
    return new NewLockTable(name, Map.of(), DeletionProtection.ENABLED, DEFAULT_MAX_WAIT);
  }

  /**
   * With one more tag.
   *
   * @param key the tag's key; given again, the last value counts
   * @param value the tag's value
   * @return a copy
   */
  public NewLockTable tag(String key, String value) {
    Map<String, String> newTags = new TreeMap<>(tags);
    newTags.put(key, value);
    return new NewLockTable(name, newTags, deletionProtection, maxWait);
  }

  /**
   * With or without protection from deletion.
   *
   * @param newProtection which
   * @return a copy
   */
  public NewLockTable deletionProtection(DeletionProtection newProtection) {
    return new NewLockTable(name, tags, newProtection, maxWait);
  }

  /**
   * With another bound of the wait.
   *
   * @param newMaxWait 1 s to 1 h
   * @return a copy
   */
  public NewLockTable maxWait(Duration newMaxWait) {
    return new NewLockTable(name, tags, deletionProtection, newMaxWait);
  }
}
