package dev.holdfast.cdk;

import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.dynamodb.ITable;
import software.amazon.awscdk.services.dynamodb.Table;
import software.amazon.awscdk.services.dynamodb.TableAttributes;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.kms.IKey;
import software.constructs.Construct;
import software.constructs.IConstruct;

/** Lock table that a {@link LockTable} did not create. Its resource policy is not changed. */
final class ImportedLockTable extends LockTableBase {

  private static final String TABLE_ID = "Table";

  private final ITable table;
  private final TableIdentity identity;
  private final String tableNameOrArn;

  private ImportedLockTable(
      Construct scope,
      String id,
      Function<Construct, ITable> table,
      TableIdentity identity,
      String tableNameOrArn) {
    super(scope, id);
    this.table = table.apply(this);
    this.identity = identity;
    this.tableNameOrArn = tableNameOrArn;
    Aspects.of(this).add(new GlobalTableConsistencyCheck(this));
  }

  static ImportedLockTable fromName(
      Construct scope, String id, TableName name, @Nullable IKey encryptionKey) {
    TableAttributes attributes =
        TableAttributes.builder().tableName(name.value()).encryptionKey(encryptionKey).build();
    return new ImportedLockTable(
        scope,
        id,
        parent -> Table.fromTableAttributes(parent, TABLE_ID, attributes),
        TableIdentity.inStackOf(scope, name),
        name.value());
  }

  static ImportedLockTable fromArn(
      Construct scope, String id, String arn, @Nullable IKey encryptionKey) {
    TableAttributes attributes =
        TableAttributes.builder().tableArn(arn).encryptionKey(encryptionKey).build();
    return new ImportedLockTable(
        scope,
        id,
        parent -> Table.fromTableAttributes(parent, TABLE_ID, attributes),
        TableIdentity.parseArn(arn),
        arn);
  }

  static ILockTable of(ITable table) {
    Stack stack = Stack.of(table);
    String id = "LockTable" + table.getNode().getAddr();
    if (stack.getNode().tryFindChild(id) instanceof ILockTable existing) {
      return existing;
    }
    TableKey.require(table);
    return new ImportedLockTable(
        stack, id, parent -> table, TableIdentity.of(table), table.getTableName());
  }

  @Override
  public ITable getTable() {
    return table;
  }

  @Override
  TableIdentity identity() {
    return identity;
  }

  @Override
  String tableNameOrArn() {
    return tableNameOrArn;
  }

  /**
   * Returns true for imported roles of other accounts. The CDK accepts statements for them and
   * drops them, because it cannot change such roles.
   */
  @Override
  boolean needsResourcePolicy(IGrantable grantee) {
    String account = grantee.getGrantPrincipal().getPrincipalAccount();
    return account != null
        && grantee instanceof IConstruct construct
        && TableIdentity.areDifferent(Stack.of(construct).getAccount(), account);
  }

  @Override
  Grant grantByResourcePolicy(IGrantable grantee, TableGrant grant) {
    throw new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "%s on imported lock table %s must go to a function, role, user, group or managed"
                + " policy that this app can change, got %s: grant it in the app that creates the"
                + " table",
            grant.permission().actions(),
            getNode().getPath(),
            TableGrant.granteeName(grantee)));
  }
}
