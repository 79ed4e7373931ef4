package dev.holdfast.cdk;

import software.amazon.awscdk.Tags;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.BillingMode;
import software.amazon.awscdk.services.dynamodb.ITable;
import software.amazon.awscdk.services.dynamodb.PointInTimeRecoverySpecification;
import software.amazon.awscdk.services.dynamodb.Table;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.kms.IKey;
import software.constructs.Construct;

/**
 * DynamoDB table that stores the locks: one row per resource id, with on-demand capacity and time
 * to live.
 *
 * <pre>{@code
 * LockTable locks = new LockTable(this, "Locks");
 * locks.connect(shipOrder, "orders/");
 * }</pre>
 *
 * <p>By default the table is retained and has deletion protection. Deleting it loses all held locks
 * and all completion records.
 *
 * <p>By default the AWS owned key of DynamoDB encrypts the table. This key is free and needs no
 * permission. The AWS managed key costs money for each use and excludes other accounts. The
 * template selects the AWS owned key by having no {@code SSESpecification}. A customer managed key
 * ({@link LockTableProps.Builder#encryptionKey}) is part of every grant.
 */
public final class LockTable extends LockTableBase {

  private static final String TTL_ATTRIBUTE = "ttl";

  /** Tag by which the command line recognizes lock tables. Its value does not matter. */
  private static final String LOCK_TABLE_TAG = "holdfast:lock-table";

  private static final String LOCK_TABLE_TAG_VALUE = "1";

  private final Table table;
  private final TableResourcePolicy resourcePolicy;

  /**
   * Creates a lock table with the defaults of {@link LockTableProps}.
   *
   * @param scope the parent construct
   * @param id the construct id
   */
  public LockTable(Construct scope, String id) {
    this(scope, id, LockTableProps.builder().build());
  }

  /**
   * Creates a lock table.
   *
   * @param scope the parent construct
   * @param id the construct id
   * @param props the options
   */
  public LockTable(Construct scope, String id, LockTableProps props) {
    super(scope, id);
    table =
        Table.Builder.create(this, "Resource")
            .tableName(props.tableName == null ? null : props.tableName.value())
            .partitionKey(
                Attribute.builder().name(TableKey.PARTITION_KEY).type(AttributeType.STRING).build())
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .pointInTimeRecoverySpecification(
                PointInTimeRecoverySpecification.builder()
                    .pointInTimeRecoveryEnabled(props.pointInTimeRecovery)
                    .build())
            .deletionProtection(props.deletionProtection)
            .removalPolicy(props.removalPolicy)
            .timeToLiveAttribute(props.timeToLive ? TTL_ATTRIBUTE : null)
            .encryptionKey(props.encryptionKey)
            .maxWriteRequestUnits(props.maxWriteRequestUnits)
            .contributorInsightsSpecification(props.contributorInsightsSpecification)
            .warmThroughput(props.warmThroughput)
            .build();
    getNode().setDefaultChild(table.getNode().getDefaultChild());
    if (props.maxWriteRequestUnits != null) {
      warnAboutThrottling(props.maxWriteRequestUnits);
    }
    Tags.of(this).add(LOCK_TABLE_TAG, LOCK_TABLE_TAG_VALUE);
    props.tags.forEach(Tags.of(this)::add);
    resourcePolicy =
        new TableResourcePolicy(
            table,
            props.tableName == null ? null : TableIdentity.inStackOf(this, props.tableName).arn());
  }

  /**
   * Returns the lock table that an existing table is. The app may create the table, for example
   * with other capacity settings or as a global table, or import it. Calling this method again
   * returns the same lock table.
   *
   * @param table the table, with the partition key {@code resource_id} of type String, no sort key,
   *     and time to live on {@code ttl}
   * @return the lock table
   * @throws IllegalArgumentException if the app creates the table with another key
   */
  public static ILockTable of(ITable table) {
    return ImportedLockTable.of(table);
  }

  /**
   * Imports an existing lock table of the stack's account and Region.
   *
   * @param scope the parent construct
   * @param id the construct id
   * @param tableName the table's physical name
   * @return the table
   * @throws IllegalArgumentException if the name is not a valid table name
   */
  public static ILockTable fromTableName(Construct scope, String id, String tableName) {
    return ImportedLockTable.fromName(scope, id, new TableName(tableName), null);
  }

  /**
   * Imports an existing lock table of the stack's account and Region that a customer managed key
   * encrypts.
   *
   * @param scope the parent construct
   * @param id the construct id
   * @param tableName the table's physical name
   * @param encryptionKey the table's key, which is then part of every grant
   * @return the table
   * @throws IllegalArgumentException if the name is not a valid table name
   */
  public static ILockTable fromTableName(
      Construct scope, String id, String tableName, IKey encryptionKey) {
    return ImportedLockTable.fromName(scope, id, new TableName(tableName), encryptionKey);
  }

  /**
   * Imports an existing lock table of any account. Connected functions refer to it by its ARN. The
   * app of another account must grant the same permission on its table, see {@link ILockTable}.
   *
   * @param scope the parent construct
   * @param id the construct id
   * @param tableArn the table's ARN
   * @return the table
   * @throws IllegalArgumentException if the ARN is not the ARN of a table
   */
  public static ILockTable fromTableArn(Construct scope, String id, String tableArn) {
    return ImportedLockTable.fromArn(scope, id, tableArn, null);
  }

  /**
   * Imports an existing lock table of any account that a customer managed key encrypts.
   *
   * @param scope the parent construct
   * @param id the construct id
   * @param tableArn the table's ARN
   * @param encryptionKey the table's key, which is then part of every grant
   * @return the table
   * @throws IllegalArgumentException if the ARN is not the ARN of a table
   */
  public static ILockTable fromTableArn(
      Construct scope, String id, String tableArn, IKey encryptionKey) {
    return ImportedLockTable.fromArn(scope, id, tableArn, encryptionKey);
  }

  /**
   * Returns the table. Its default child and the default child of this construct are the same
   * {@link software.amazon.awscdk.services.dynamodb.CfnTable}.
   */
  @Override
  public ITable getTable() {
    return table;
  }

  @Override
  TableIdentity identity() {
    return TableIdentity.of(table);
  }

  @Override
  String tableNameOrArn() {
    return table.getTableName();
  }

  @Override
  boolean needsResourcePolicy(IGrantable grantee) {
    String account = grantee.getGrantPrincipal().getPrincipalAccount();
    return account != null && identity().isInDifferentAccount(account);
  }

  @Override
  Grant grantByResourcePolicy(IGrantable grantee, TableGrant grant) {
    return resourcePolicy.grant(grantee, grant);
  }

  private void warnAboutThrottling(int units) {
    Finding.of(
            "max-write-request-units",
            "lock table %s has a limit of %d write units a second: above it DynamoDB also throttles"
                + " releases, and a lock that is not released stays held until its lease expires",
            getNode().getPath(),
            units)
        .warn(this);
  }

  /** Builder of {@link LockTable}. Not thread-safe. */
  public static final class Builder extends LockTableOptions<Builder> {

    private final Construct scope;
    private final String id;

    private Builder(Construct scope, String id) {
      this.scope = scope;
      this.id = id;
    }

    /**
     * Returns a builder with the default of every option.
     *
     * @param scope the parent construct
     * @param id the construct id
     * @return the builder
     */
    public static Builder create(Construct scope, String id) {
      return new Builder(scope, id);
    }

    /**
     * Creates the lock table.
     *
     * @return the lock table
     */
    public LockTable build() {
      return new LockTable(scope, id, new LockTableProps(this));
    }

    @Override
    Builder self() {
      return this;
    }
  }
}
