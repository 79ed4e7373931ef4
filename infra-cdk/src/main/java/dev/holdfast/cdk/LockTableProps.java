package dev.holdfast.cdk;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.kms.IKey;

/**
 * What may differ from the defaults of a {@link LockTable}. Immutable; every option is optional and
 * independent of the others.
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
   * Starts from the defaults.
   *
   * @return a builder that holds the default of every option
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

  /** Sorted by key. */
  Map<String, String> tags() {
    return tags;
  }

  /** Collects what differs from the defaults. Not thread-safe. */
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
     * Gives the table a physical name. Default: none, so that CloudFormation makes one up and can
     * replace the table, and several stacks can stand side by side.
     *
     * @param name 3 to 255 characters from a-z, A-Z, 0-9, _, - and .
     * @return this builder
     * @throws IllegalArgumentException if no table can have that name
     */
    public Builder tableName(String name) {
      tableName = new TableName(name);
      return this;
    }

    /**
     * Says what happens to the table when it leaves the stack. Default: {@link
     * RemovalPolicy#RETAIN}. A table that is to be destroyed must not be deletion protected either.
     *
     * @param policy what happens to the table
     * @return this builder
     */
    public Builder removalPolicy(RemovalPolicy policy) {
      removalPolicy = policy;
      return this;
    }

    /**
     * Says whether DynamoDB refuses to delete the table, by whomever. Default: true.
     *
     * @param enabled whether the table is protected
     * @return this builder
     */
    public Builder deletionProtection(boolean enabled) {
      deletionProtection = enabled;
      return this;
    }

    /**
     * Says whether DynamoDB keeps 35 days of continuous backups. Default: false, since rows live
     * for seconds to days: a table restored to an earlier instant holds locks that ended long ago
     * and none of those that are held now, so the backups would be paid for and never be of use.
     *
     * @param enabled whether backups are kept
     * @return this builder
     */
    public Builder pointInTimeRecovery(boolean enabled) {
      pointInTimeRecovery = enabled;
      return this;
    }

    /**
     * Says whether DynamoDB removes rows that stopped mattering. Default: true. Locking never
     * depends on it: without it, the rows of crashed holders and handled events stay until somebody
     * takes that lock again, and are paid for as storage.
     *
     * @param enabled whether rows are removed
     * @return this builder
     */
    public Builder timeToLive(boolean enabled) {
      timeToLive = enabled;
      return this;
    }

    /**
     * Encrypts the table with a customer managed key. Default: none, which means the key that
     * DynamoDB owns. Such a key costs a monthly price and its uses; disabling it stops all locking;
     * and every grant then also allows its use, through DynamoDB.
     *
     * @param key the key, in the Region of the table
     * @return this builder
     */
    public Builder encryptionKey(IKey key) {
      encryptionKey = key;
      return this;
    }

    /**
     * Bounds what the table writes in a second, and with it what a mistake can cost. Default: only
     * the account's quota. Past the bound DynamoDB throttles every write, <em>releases too</em>,
     * and a lock that is not released blocks until its lease ends; synthesis warns of that. A lock
     * without contention is 2 write units.
     *
     * @param units write units a second, at least 1
     * @return this builder
     * @throws IllegalArgumentException if there is less than one
     */
    public Builder maxWriteRequestUnits(int units) {
      if (units < 1) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "write units must be at least 1 a second, got %d: leave them out for no bound",
                units));
      }
      maxWriteRequestUnits = units;
      return this;
    }

    /**
     * Adds a tag to the table, besides those of its stack. Default: none.
     *
     * @param key the tag's key; given again, the last value counts
     * @param value its value
     * @return this builder
     */
    public Builder tag(String key, String value) {
      tags.put(key, value);
      return this;
    }

    /**
     * Makes the props.
     *
     * @return props with what was set here and the defaults of the rest
     */
    public LockTableProps build() {
      return new LockTableProps(this);
    }
  }
}
