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

/** What a created and an imported lock table have in common: everything but where it comes from. */
public abstract class LockTableBase extends Construct implements ILockTable {

  /** Environment variable that tells a function its table. The handlers read it: keep in step. */
  static final String TABLE_VARIABLE = "HOLDFAST_TABLE";

  /** Environment variable that tells a function its prefix. The handlers read it: keep in step. */
  static final String KEY_PREFIX_VARIABLE = "HOLDFAST_KEY_PREFIX";

  LockTableBase(Construct scope, String id) {
    super(scope, id);
  }

  abstract TableIdentity identity();

  /** The customer managed key that encrypts the table, where one is known here. */
  abstract Optional<IKey> encryptionKey();

  /** How a function in the account of the table calls it: by its name, or by its ARN. */
  abstract String tableNameOrArn();

  /** Whether the grantee's own policy, though it took the statement, is not enough. */
  abstract boolean needsResourcePolicy(IGrantable grantee);

  /** Grants by the table's own policy, to a grantee whose own policy is not enough. */
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
              "a lock table must be in the Region of what locks, got function %s in %s and table %s in %s: %s",
              function.getNode().getPath(),
              stack.getRegion(),
              getNode().getPath(),
              identity().region(),
              "use a table for each Region"));
    }
    LockConnection.create(function, this);
    boolean crossAccount = identity().isInDifferentAccount(stack.getAccount());
    function.addEnvironment(TABLE_VARIABLE, crossAccount ? getTableArn() : tableNameOrArn());
  }
}
