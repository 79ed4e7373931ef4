package dev.holdfast.cdk;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.dynamodb.ContributorInsightsSpecification;
import software.amazon.awscdk.services.dynamodb.WarmThroughput;
import software.amazon.awscdk.services.kms.IKey;

/**
 * Options of a {@link LockTable}: the methods that its two builders have in common.
 *
 * @param <B> the builder
 */
abstract class LockTableOptions<B> {

  @Nullable TableName tableName;
  RemovalPolicy removalPolicy = RemovalPolicy.RETAIN;
  boolean deletionProtection = true;
  boolean pointInTimeRecovery;
  boolean timeToLive = true;
  @Nullable IKey encryptionKey;
  @Nullable Integer maxWriteRequestUnits;
  @Nullable ContributorInsightsSpecification contributorInsightsSpecification;
  @Nullable WarmThroughput warmThroughput;
  final Map<String, String> tags = new TreeMap<>();

  LockTableOptions() {}

  /**
   * Sets the physical name of the table. By default CloudFormation generates a name. It can then
   * replace the table, and several stacks can coexist.
   *
   * @param name 3 to 255 characters from a-z, A-Z, 0-9, _, - and .
   * @return this builder
   * @throws IllegalArgumentException if the name is not a valid table name
   */
  public B tableName(String name) {
    tableName = new TableName(name);
    return self();
  }

  /**
   * Sets the removal policy, which applies when the table is removed from the stack. Default:
   * {@link RemovalPolicy#RETAIN}. A table with {@link RemovalPolicy#DESTROY} must not have deletion
   * protection.
   *
   * @param policy the removal policy
   * @return this builder
   */
  public B removalPolicy(RemovalPolicy policy) {
    removalPolicy = policy;
    return self();
  }

  /**
   * Sets deletion protection, with which DynamoDB rejects every deletion of the table. Default:
   * true.
   *
   * @param enabled true to protect the table
   * @return this builder
   */
  public B deletionProtection(boolean enabled) {
    deletionProtection = enabled;
    return self();
  }

  /**
   * Sets point-in-time recovery, which keeps 35 days of continuous backups. Default: false. Rows
   * exist for seconds to days. A table that is restored to an earlier time contains locks that have
   * ended and lacks the locks that are held now. Backups would cost money and have no use.
   *
   * @param enabled true to keep backups
   * @return this builder
   */
  public B pointInTimeRecovery(boolean enabled) {
    pointInTimeRecovery = enabled;
    return self();
  }

  /**
   * Sets time to live, by which DynamoDB deletes expired rows. Default: true. Locking does not
   * depend on it. Without it, rows of crashed holders and completion records stay until the same
   * lock is acquired again, and they cost storage.
   *
   * @param enabled true to delete expired rows
   * @return this builder
   */
  public B timeToLive(boolean enabled) {
    timeToLive = enabled;
    return self();
  }

  /**
   * Encrypts the table with a customer managed key. Default: the AWS owned key of DynamoDB. A
   * customer managed key has a monthly price and a price for each use. Disabling it stops all
   * locking. Every grant then also allows the use of the key through DynamoDB.
   *
   * @param key the key, in the Region of the table
   * @return this builder
   */
  public B encryptionKey(IKey key) {
    encryptionKey = key;
    return self();
  }

  /**
   * Limits the write units of the table per second, and so the cost of a mistake. Default: the
   * account's quota. Above the limit DynamoDB throttles every write, <em>including releases</em>. A
   * lock that is not released stays held until its lease expires. Synthesis prints a warning about
   * this. A lock without contention consumes 2 write units.
   *
   * @param units the write units per second, at least 1
   * @return this builder
   * @throws IllegalArgumentException if the value is less than 1
   */
  public B maxWriteRequestUnits(int units) {
    if (units < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "maximum write units must be at least 1 a second, got %d: omit them for no limit",
              units));
    }
    maxWriteRequestUnits = units;
    return self();
  }

  /**
   * Sets the contributor insights of the table, with which CloudWatch shows the locks that are
   * requested or throttled most. Default: none. They have a price for each event. Keys are visible
   * in CloudWatch as plain text.
   *
   * @param specification the contributor insights
   * @return this builder
   */
  public B contributorInsightsSpecification(ContributorInsightsSpecification specification) {
    contributorInsightsSpecification = specification;
    return self();
  }

  /**
   * Sets the warm throughput, which the table serves at once, without scaling up first. Default:
   * that of a new on-demand table, 4,000 write units per second. It has a one-time price. A lock
   * without contention consumes 2 write units and no read units.
   *
   * @param throughput the warm throughput
   * @return this builder
   */
  public B warmThroughput(WarmThroughput throughput) {
    warmThroughput = throughput;
    return self();
  }

  /**
   * Adds a tag to the table, besides the tags of its stack. Default: none.
   *
   * @param key the key; a second value for the same key replaces the first one
   * @param value the value
   * @return this builder
   */
  public B tag(String key, String value) {
    tags.put(key, value);
    return self();
  }

  /** Returns this builder. */
  abstract B self();
}
