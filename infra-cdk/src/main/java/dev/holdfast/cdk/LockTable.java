package dev.holdfast.cdk;

import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.BillingMode;
import software.amazon.awscdk.services.dynamodb.PointInTimeRecoverySpecification;
import software.amazon.awscdk.services.dynamodb.Table;
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
 * {@code SSESpecification}.
 */
public final class LockTable extends LockTableBase {

  private static final String PARTITION_KEY = "resource_id";
  private static final String TTL_ATTRIBUTE = "ttl";

  private final Table table;

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
            .timeToLiveAttribute(TTL_ATTRIBUTE)
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .pointInTimeRecoverySpecification(
                PointInTimeRecoverySpecification.builder()
                    .pointInTimeRecoveryEnabled(props.pointInTimeRecovery())
                    .build())
            .deletionProtection(props.deletionProtection())
            .removalPolicy(props.removalPolicy());
    props.tableName().ifPresent(name -> builder.tableName(name.value()));
    table = builder.build();
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
    return new ImportedLockTable(scope, id, new TableName(tableName));
  }

  @Override
  public String tableName() {
    return table.getTableName();
  }

  @Override
  public String tableArn() {
    return table.getTableArn();
  }
}
