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

/** A lock table that another stack or app created, whose own policy cannot be changed here. */
final class ImportedLockTable extends LockTableBase {

  private final Place place;
  private final String address;
  private final @Nullable IKey encryptionKey;

  private ImportedLockTable(
      Construct scope, String id, Reference reference, @Nullable IKey encryptionKey) {
    super(scope, id);
    this.place = reference.place();
    this.address = reference.address();
    this.encryptionKey = encryptionKey;
    Aspects.of(this).add(new ReplicationCheck(this));
  }

  static ImportedLockTable named(
      Construct scope, String id, TableName name, @Nullable IKey encryptionKey) {
    Reference reference = new Reference(Place.beside(scope, name), name.value());
    return new ImportedLockTable(scope, id, reference, encryptionKey);
  }

  static ImportedLockTable at(
      Construct scope, String id, String arn, @Nullable IKey encryptionKey) {
    return new ImportedLockTable(scope, id, new Reference(Place.of(arn), arn), encryptionKey);
  }

  @Override
  Place place() {
    return place;
  }

  @Override
  Optional<IKey> encryptionKey() {
    return Optional.ofNullable(encryptionKey);
  }

  @Override
  String address() {
    return address;
  }

  /** CDK takes statements for roles of other accounts, which it cannot change, and drops them. */
  @Override
  boolean needsPolicyOfItsOwn(IGrantable grantee) {
    String account = grantee.getGrantPrincipal().getPrincipalAccount();
    return account != null
        && grantee instanceof IConstruct construct
        && Place.differ(Stack.of(construct).getAccount(), account);
  }

  @Override
  Grant admit(IGrantable grantee, TableGrant grant) {
    throw new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "%s on imported lock table %s must go to a function, role, user, group or managed"
                + " policy that can be changed here, got %s: grant it where the table is created",
            grant.permission().actions(),
            getNode().getPath(),
            TableGrant.name(grantee)));
  }

  private record Reference(Place place, String address) {}
}
