package dev.holdfast.cdk;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.RemovalPolicy;

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

  private LockTableProps(Builder builder) {
    tableName = builder.tableName;
    removalPolicy = builder.removalPolicy;
    deletionProtection = builder.deletionProtection;
    pointInTimeRecovery = builder.pointInTimeRecovery;
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

  /** Collects what differs from the defaults. Not thread-safe. */
  public static final class Builder {

    private @Nullable TableName tableName;
    private RemovalPolicy removalPolicy = RemovalPolicy.RETAIN;
    private boolean deletionProtection = true;
    private boolean pointInTimeRecovery;

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
     * Makes the props.
     *
     * @return props with what was set here and the defaults of the rest
     */
    public LockTableProps build() {
      return new LockTableProps(this);
    }
  }
}
