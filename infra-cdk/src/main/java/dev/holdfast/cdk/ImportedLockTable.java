package dev.holdfast.cdk;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.kms.IKey;
import software.constructs.Construct;
import software.constructs.IConstruct;

/** Lock table of another stack or app. This app cannot change its resource policy. */
final class ImportedLockTable extends LockTableBase {

  private final TableIdentity identity;
  private final String tableNameOrArn;
  private final @Nullable IKey encryptionKey;

  private ImportedLockTable(
      Construct scope, String id, TableReference reference, @Nullable IKey encryptionKey) {
    super(scope, id);
    this.identity = reference.identity();
    this.tableNameOrArn = reference.tableNameOrArn();
    this.encryptionKey = encryptionKey;
    Aspects.of(this).add(new GlobalTableConsistencyCheck(this));
  }

  static ImportedLockTable fromName(
      Construct scope, String id, TableName name, @Nullable IKey encryptionKey) {
    TableReference reference =
        new TableReference(TableIdentity.inStackOf(scope, name), name.value());
    return new ImportedLockTable(scope, id, reference, encryptionKey);
  }

  static ImportedLockTable fromArn(
      Construct scope, String id, String arn, @Nullable IKey encryptionKey) {
    return new ImportedLockTable(
        scope, id, new TableReference(TableIdentity.parseArn(arn), arn), encryptionKey);
  }

  @Override
  TableIdentity identity() {
    return identity;
  }

  @Override
  Optional<IKey> encryptionKey() {
    return Optional.ofNullable(encryptionKey);
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

  private record TableReference(TableIdentity identity, String tableNameOrArn) {}
}
