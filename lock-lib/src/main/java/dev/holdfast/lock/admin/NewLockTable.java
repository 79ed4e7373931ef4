package dev.holdfast.lock.admin;

import dev.holdfast.lock.dynamodb.TableSchema;
import dev.holdfast.lock.internal.text.LogText;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * Lock table to create, with on-demand capacity, time to live and the tag of lock tables.
 * Immutable.
 *
 * @param name name of the table
 * @param tags tags besides the one that marks lock tables
 * @param deletionProtection deletion protection of the table
 * @param maxWait maximum wait until the table is usable
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
   * Validates the settings.
   *
   * @throws IllegalArgumentException if the name is not valid, a tag has the key of the tag of lock
   *     tables, or the wait is not from 1 s to 1 h
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
   * Returns a table without further tags, with deletion protection and a maximum wait of 2 minutes.
   *
   * @param name name of the table
   * @return the table to create
   * @throws IllegalArgumentException if the name is not valid
   */
  public static NewLockTable of(String name) {
    return new NewLockTable(name, Map.of(), DeletionProtection.ENABLED, DEFAULT_MAX_WAIT);
  }

  /**
   * Returns a copy with one more tag.
   *
   * @param key key of the tag; the last value of a key counts
   * @param value value of the tag
   * @return a copy
   */
  public NewLockTable tag(String key, String value) {
    Map<String, String> newTags = new TreeMap<>(tags);
    newTags.put(key, value);
    return new NewLockTable(name, newTags, deletionProtection, maxWait);
  }

  /**
   * Returns a copy with or without deletion protection.
   *
   * @param newProtection the deletion protection
   * @return a copy
   */
  public NewLockTable deletionProtection(DeletionProtection newProtection) {
    return new NewLockTable(name, tags, newProtection, maxWait);
  }

  /**
   * Returns a copy with another maximum wait.
   *
   * @param newMaxWait 1 s to 1 h
   * @return a copy
   */
  public NewLockTable maxWait(Duration newMaxWait) {
    return new NewLockTable(name, tags, deletionProtection, newMaxWait);
  }

  @Override
  public String toString() {
    return "NewLockTable["
        + name
        + ", tags "
        + LogText.escape(tags.toString())
        + ", deletionProtection "
        + deletionProtection
        + ", maxWait "
        + maxWait
        + "]";
  }
}
