package dev.holdfast.cdk;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.lambda.Function;
import software.constructs.Construct;

/** Base class of created and imported lock tables. */
abstract class LockTableBase extends Construct implements ILockTable {

  /** Environment variable with the table of a function. The handlers read the same name. */
  static final String TABLE_VARIABLE = "HOLDFAST_TABLE";

  /** Environment variable with the key prefix of a function. The handlers read the same name. */
  static final String KEY_PREFIX_VARIABLE = "HOLDFAST_KEY_PREFIX";

  LockTableBase(Construct scope, String id) {
    super(scope, id);
  }

  abstract TableIdentity identity();

  /** Returns the customer managed key that encrypts the table, if the app knows one. */
  final Optional<IKey> encryptionKey() {
    return Optional.ofNullable(getTable().getEncryptionKey());
  }

  /** Returns the name or ARN by which functions in the account of the table refer to it. */
  abstract String tableNameOrArn();

  /** Returns whether the grantee needs a statement in the table's resource policy too. */
  abstract boolean needsResourcePolicy(IGrantable grantee);

  /** Adds a grant to the table's resource policy. */
  abstract Grant grantByResourcePolicy(IGrantable grantee, TableGrant grant);

  @Override
  public final String getTableName() {
    return identity().name();
  }

  @Override
  public final String getTableArn() {
    return identity().arn();
  }

  @Override
  public final Grant grantLocking(IGrantable grantee) {
    return grant(grantee, Permission.LOCKING);
  }

  @Override
  public final Grant grantLocking(IGrantable grantee, String keyPrefix) {
    return grantLocking(grantee, new KeyPrefix(keyPrefix));
  }

  @Override
  public final Grant grantOwnershipChecks(IGrantable grantee) {
    return grant(grantee, Permission.OWNERSHIP_CHECKS);
  }

  @Override
  public final Grant grantInspection(IGrantable grantee) {
    return grant(grantee, Permission.INSPECTION);
  }

  @Override
  public final Grant grantAdministration(IGrantable grantee) {
    return grant(grantee, Permission.ADMINISTRATION);
  }

  @Override
  public final Grant connect(Function function) {
    setTableVariable(function);
    return grantLocking(function);
  }

  @Override
  public final Grant connect(Function function, String keyPrefix) {
    KeyPrefix prefix = new KeyPrefix(keyPrefix);
    setTableVariable(function);
    function.addEnvironment(KEY_PREFIX_VARIABLE, prefix.value());
    return grantLocking(function, prefix);
  }

  private Grant grant(IGrantable grantee, Permission permission) {
    return new TableGrant(this, permission, Map.of()).grantTo(grantee);
  }

  private Grant grantLocking(IGrantable grantee, KeyPrefix prefix) {
    return new TableGrant(this, Permission.LOCKING, prefix.condition()).grantTo(grantee);
  }

  private void setTableVariable(Function function) {
    Stack stack = Stack.of(function);
    if (TableIdentity.areDifferent(stack.getRegion(), identity().region())) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a lock table must be in the Region of its functions, got function %s in %s and table %s in %s: %s",
              ConstructPath.of(function),
              stack.getRegion(),
              getNode().getPath(),
              identity().region(),
              "create one table for each Region"));
    }
    LockConnection.create(function, this);
    boolean crossAccount = identity().isInDifferentAccount(stack.getAccount());
    function.addEnvironment(TABLE_VARIABLE, crossAccount ? getTableArn() : tableNameOrArn());
  }
}
