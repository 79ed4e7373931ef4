package dev.holdfast.cdk;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.dynamodb.ContributorInsightsSpecification;
import software.amazon.awscdk.services.dynamodb.WarmThroughput;
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

  final @Nullable TableName tableName;
  final RemovalPolicy removalPolicy;
  final boolean deletionProtection;
  final boolean pointInTimeRecovery;
  final boolean timeToLive;
  final @Nullable IKey encryptionKey;
  final @Nullable Integer maxWriteRequestUnits;
  final @Nullable ContributorInsightsSpecification contributorInsightsSpecification;
  final @Nullable WarmThroughput warmThroughput;

  /** Tags, sorted by key. */
  final Map<String, String> tags;

  LockTableProps(LockTableOptions<?> options) {
    tableName = options.tableName;
    removalPolicy = options.removalPolicy;
    deletionProtection = options.deletionProtection;
    pointInTimeRecovery = options.pointInTimeRecovery;
    timeToLive = options.timeToLive;
    encryptionKey = options.encryptionKey;
    maxWriteRequestUnits = options.maxWriteRequestUnits;
    contributorInsightsSpecification = options.contributorInsightsSpecification;
    warmThroughput = options.warmThroughput;
    tags = new TreeMap<>(options.tags);
  }

  /**
   * Returns a builder with the default of every option.
   *
   * @return the builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /** Builder of {@link LockTableProps}. Not thread-safe. */
  public static final class Builder extends LockTableOptions<Builder> {

    private Builder() {}

    /**
     * Builds the props.
     *
     * @return the props
     */
    public LockTableProps build() {
      return new LockTableProps(this);
    }

    @Override
    Builder self() {
      return this;
    }
  }
}
