package dev.holdfast.cdk;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Tags;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.BillingMode;
import software.amazon.awscdk.services.dynamodb.PointInTimeRecoverySpecification;
import software.amazon.awscdk.services.dynamodb.Table;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.kms.IKey;
import software.constructs.Construct;

/**
 * The DynamoDB table that holds the locks: one row per resource id, on-demand, with time to live.
 *
 * <pre>{@code
 * LockTable locks = new LockTable(this, "Locks");
 * locks.connect(shipOrder, "orders/");
 * }</pre>
 *
 * <p>The table is retained and deletion protected unless the props say otherwise: who loses it
 * loses every lock that is held and every memory of what was handled. It is encrypted at rest with
 * the key that DynamoDB owns: that costs nothing and needs no permission, whereas the AWS managed
 * key bills each use of it, and shuts out other accounts. The template shows this key by having no
 * {@code SSESpecification}. A key of your own ({@link LockTableProps.Builder#encryptionKey}) is
 * part of every grant.
 */
public final class LockTable extends LockTableBase {

  private static final String PARTITION_KEY = "resource_id";
  private static final String TTL_ATTRIBUTE = "ttl";

  /** By it the command line knows the table; its value does not matter. */
  private static final String LOCK_TABLE_TAG = "holdfast:lock-table";

  private static final String LOCK_TABLE_TAG_VALUE = "1";

  private final Table table;
  private final @Nullable IKey encryptionKey;
  private final TableResourcePolicy resourcePolicy;

  /**
   * Creates a lock table with the defaults of {@link LockTableProps}.
   *
   * @param scope the construct that it belongs to
   * @param id its id there
   */
  public LockTable(Construct scope, String id) {
    this(scope, id, LockTableProps.builder().build());
  }

  /**
   * Creates a lock table.
   *
   * @param scope the construct that it belongs to
   * @param id its id there
   * @param props what differs from the defaults
   */
  public LockTable(Construct scope, String id, LockTableProps props) {
    super(scope, id);
    Table.Builder builder =
        Table.Builder.create(this, "Resource")
            .partitionKey(
                Attribute.builder().name(PARTITION_KEY).type(AttributeType.STRING).build())
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .pointInTimeRecoverySpecification(
                PointInTimeRecoverySpecification.builder()
                    .pointInTimeRecoveryEnabled(props.pointInTimeRecovery())
                    .build())
            .deletionProtection(props.deletionProtection())
            .removalPolicy(props.removalPolicy());
    if (props.timeToLive()) {
      builder.timeToLiveAttribute(TTL_ATTRIBUTE);
    }
    props.tableName().ifPresent(name -> builder.tableName(name.value()));
    props.encryptionKey().ifPresent(builder::encryptionKey);
    props.maxWriteRequestUnits().ifPresent(builder::maxWriteRequestUnits);
    table = builder.build();
    props.maxWriteRequestUnits().ifPresent(this::warnAboutThrottling);
    Tags.of(this).add(LOCK_TABLE_TAG, LOCK_TABLE_TAG_VALUE);
    props.tags().forEach(Tags.of(this)::add);
    encryptionKey = props.encryptionKey().orElse(null);
    String physicalArn =
        props.tableName().map(name -> TableIdentity.inStackOf(this, name).arn()).orElse(null);
    resourcePolicy = new TableResourcePolicy(table, physicalArn);
  }

  /**
   * Refers to a lock table that exists, in the account and Region of the stack.
   *
   * @param scope the construct that the reference belongs to
   * @param id its id there
   * @param tableName the table's physical name
   * @return the table, which accepts every grant
   * @throws IllegalArgumentException if no table can have that name
   */
  public static ILockTable fromTableName(Construct scope, String id, String tableName) {
    return ImportedLockTable.fromName(scope, id, new TableName(tableName), null);
  }

  /**
   * Refers to a lock table that exists, in the account and Region of the stack, and is encrypted
   * with a customer managed key.
   *
   * @param scope the construct that the reference belongs to
   * @param id its id there
   * @param tableName the table's physical name
   * @param encryptionKey the table's key, which grants then include
   * @return the table, which accepts every grant
   * @throws IllegalArgumentException if no table can have that name
   */
  public static ILockTable fromTableName(
      Construct scope, String id, String tableName, IKey encryptionKey) {
    return ImportedLockTable.fromName(scope, id, new TableName(tableName), encryptionKey);
  }

  /**
   * Refers to a lock table that exists, in any account. Connected functions call it by its ARN. A
   * table of another account also has to grant the same there, see {@link ILockTable}.
   *
   * @param scope the construct that the reference belongs to
   * @param id its id there
   * @param tableArn the table's ARN
   * @return the table, which accepts every grant
   * @throws IllegalArgumentException if it is no table's ARN
   */
  public static ILockTable fromTableArn(Construct scope, String id, String tableArn) {
    return ImportedLockTable.fromArn(scope, id, tableArn, null);
  }

  /**
   * Refers to a lock table that exists, in any account, and is encrypted with a customer managed
   * key.
   *
   * @param scope the construct that the reference belongs to
   * @param id its id there
   * @param tableArn the table's ARN
   * @param encryptionKey the table's key, which grants then include
   * @return the table, which accepts every grant
   * @throws IllegalArgumentException if it is no table's ARN
   */
  public static ILockTable fromTableArn(
      Construct scope, String id, String tableArn, IKey encryptionKey) {
    return ImportedLockTable.fromArn(scope, id, tableArn, encryptionKey);
  }

  @Override
  TableIdentity identity() {
    Stack stack = Stack.of(this);
    return new TableIdentity(
        stack.getAccount(), stack.getRegion(), table.getTableName(), table.getTableArn());
  }

  @Override
  Optional<IKey> encryptionKey() {
    return Optional.ofNullable(encryptionKey);
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
    Annotations.of(this)
        .addWarningV2(
            "holdfast:maxWriteRequestUnits",
            String.format(
                Locale.ROOT,
                "lock table %s takes %d write units a second at most: past that DynamoDB throttles"
                    + " releases too, and a lock that is not released blocks until its lease ends",
                getNode().getPath(),
                units));
  }
}
