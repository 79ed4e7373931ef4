package dev.holdfast.cdk;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.kms.IKey;

/**
 * Options of a {@link LockTable}. Immutable. Every option is optional and independent of the
 * others.
 *
 * <pre>{@code
 * LockTableProps.builder().removalPolicy(RemovalPolicy.DESTROY).deletionProtection(false).build()
 * }</pre>
 */
public final class LockTableProps {

  private final @Nullable TableName tableName;
  private final RemovalPolicy removalPolicy;
  private final boolean deletionProtection;
  private final boolean pointInTimeRecovery;
  private final boolean timeToLive;
  private final @Nullable IKey encryptionKey;
  private final @Nullable Integer maxWriteRequestUnits;
  private final Map<String, String> tags;

  private LockTableProps(Builder builder) {
    tableName = builder.tableName;
    removalPolicy = builder.removalPolicy;
    deletionProtection = builder.deletionProtection;
    pointInTimeRecovery = builder.pointInTimeRecovery;
    timeToLive = builder.timeToLive;
    encryptionKey = builder.encryptionKey;
    maxWriteRequestUnits = builder.maxWriteRequestUnits;
    tags = new TreeMap<>(builder.tags);
  }

  /**
   * Returns a builder with the default of every option.
   *
   * @return the builder
   */
  public static Builder builder() {
    return new Builder();
  }

  Optional<TableName> tableName() {
    return Optional.ofNullable(tableName);
  }

  RemovalPolicy removalPolicy() {
    return removalPolicy;
  }

  boolean deletionProtection() {
    return deletionProtection;
  }

  boolean pointInTimeRecovery() {
    return pointInTimeRecovery;
  }

  boolean timeToLive() {
    return timeToLive;
  }

  Optional<IKey> encryptionKey() {
    return Optional.ofNullable(encryptionKey);
  }

  Optional<Integer> maxWriteRequestUnits() {
    return Optional.ofNullable(maxWriteRequestUnits);
  }

  /** Returns the tags, sorted by key. */
  Map<String, String> tags() {
    return tags;
  }

  /** Builder of {@link LockTableProps}. Not thread-safe. */
  public static final class Builder {

    private @Nullable TableName tableName;
    private RemovalPolicy removalPolicy = RemovalPolicy.RETAIN;
    private boolean deletionProtection = true;
    private boolean pointInTimeRecovery;
    private boolean timeToLive = true;
    private @Nullable IKey encryptionKey;
    private @Nullable Integer maxWriteRequestUnits;
    private final Map<String, String> tags = new TreeMap<>();

    private Builder() {}

    /**
     * Sets the physical name of the table. By default CloudFormation generates a name. It can then
     * replace the table, and several stacks can coexist.
     *
     * @param name 3 to 255 characters from a-z, A-Z, 0-9, _, - and .
     * @return this builder
     * @throws IllegalArgumentException if the name is not a valid table name
     */
    public Builder tableName(String name) {
      tableName = new TableName(name);
      return this;
    }

    /**
     * Sets the removal policy, which applies when the table is removed from the stack. Default:
     * {@link RemovalPolicy#RETAIN}. A table with {@link RemovalPolicy#DESTROY} must not have
     * deletion protection.
     *
     * @param policy the removal policy
     * @return this builder
     */
    public Builder removalPolicy(RemovalPolicy policy) {
      removalPolicy = policy;
      return this;
    }

    /**
     * Sets deletion protection, with which DynamoDB rejects every deletion of the table. Default:
     * true.
     *
     * @param enabled true to protect the table
     * @return this builder
     */
    public Builder deletionProtection(boolean enabled) {
      deletionProtection = enabled;
      return this;
    }

    /**
     * Sets point-in-time recovery, which keeps 35 days of continuous backups. Default: false. Rows
     * exist for seconds to days. A table that is restored to an earlier time contains locks that
     * have ended and lacks the locks that are held now. Backups would cost money and have no use.
     *
     * @param enabled true to keep backups
     * @return this builder
     */
    public Builder pointInTimeRecovery(boolean enabled) {
      pointInTimeRecovery = enabled;
      return this;
    }

    /**
     * Sets time to live, by which DynamoDB deletes expired rows. Default: true. Locking does not
     * depend on it. Without it, rows of crashed holders and completion records stay until the same
     * lock is acquired again, and they cost storage.
     *
     * @param enabled true to delete expired rows
     * @return this builder
     */
    public Builder timeToLive(boolean enabled) {
      timeToLive = enabled;
      return this;
    }

    /**
     * Encrypts the table with a customer managed key. Default: the AWS owned key of DynamoDB. A
     * customer managed key has a monthly price and a price for each use. Disabling it stops all
     * locking. Every grant then also allows the use of the key through DynamoDB.
     *
     * @param key the key, in the Region of the table
     * @return this builder
     */
    public Builder encryptionKey(IKey key) {
      encryptionKey = key;
      return this;
    }

    /**
     * Limits the write units of the table per second, and so the cost of a mistake. Default: the
     * account's quota. Above the limit DynamoDB throttles every write, <em>including releases</em>.
     * A lock that is not released stays held until its lease expires. Synthesis prints a warning
     * about this. A lock without contention consumes 2 write units.
     *
     * @param units the write units per second, at least 1
     * @return this builder
     * @throws IllegalArgumentException if the value is less than 1
     */
    public Builder maxWriteRequestUnits(int units) {
      if (units < 1) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "maximum write units must be at least 1 a second, got %d: omit them for no limit",
                units));
      }
      maxWriteRequestUnits = units;
      return this;
    }

    /**
     * Adds a tag to the table, besides the tags of its stack. Default: none.
     *
     * @param key the key; a second value for the same key replaces the first one
     * @param value the value
     * @return this builder
     */
    public Builder tag(String key, String value) {
      tags.put(key, value);
      return this;
    }

    /**
     * Builds the props.
     *
     * @return the props
     */
    public LockTableProps build() {
      return new LockTableProps(this);
    }
  }
}
