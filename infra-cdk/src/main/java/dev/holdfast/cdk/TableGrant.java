package dev.holdfast.cdk;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.GrantOnPrincipalOptions;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.UnknownPrincipal;
import software.amazon.awscdk.services.kms.IKey;
import software.constructs.IConstruct;

/**
 * A permission on a table, as statements for a grantee's policy.
 *
 * @param table the table
 * @param permission what is allowed
 * @param conditions under which conditions, none for always
 */
record TableGrant(
    LockTableBase table, Permission permission, Map<String, Map<String, Object>> conditions) {

  /** Adds the statements to the grantee's own policy, and to the table's where that is needed. */
  Grant to(IGrantable grantee) {
    requireKnown(grantee);
    Grant onTable = add(grantee, permission.actions(), table.tableArn(), conditions);
    if (!onTable.getSuccess()) {
      return table.admit(grantee, this);
    }
    Grant grant = withKey(grantee, onTable);
    return table.needsPolicyOfItsOwn(grantee) ? grant.combine(table.admit(grantee, this)) : grant;
  }

  /** Adds what the grantee has to be allowed on the table's key, in a statement of its own. */
  private Grant withKey(IGrantable grantee, Grant onTable) {
    Optional<IKey> key = table.encryptionKey();
    if (key.isEmpty()) {
      return onTable;
    }
    return onTable.combine(
        add(
            grantee,
            permission.keyUse().actions(),
            key.get().getKeyArn(),
            KeyUse.throughDynamoDb(table.place().region())));
  }

  /** The statement for the table's own policy, which knows the table by the ARN given. */
  PolicyStatement forTable(IGrantable grantee, String arn) {
    return PolicyStatement.Builder.create()
        .principals(List.of(grantee.getGrantPrincipal()))
        .actions(permission.actions())
        .resources(List.of(arn))
        .conditions(conditions)
        .build();
  }

  /** The statement for the key's own policy, where {@code *} means that key. */
  PolicyStatement forKey(IGrantable grantee) {
    return PolicyStatement.Builder.create()
        .principals(List.of(grantee.getGrantPrincipal()))
        .actions(permission.keyUse().actions())
        .resources(List.of("*"))
        .conditions(KeyUse.throughDynamoDb(table.place().region()))
        .build();
  }

  /** How messages name a grantee. */
  static String name(IGrantable grantee) {
    return grantee instanceof IConstruct construct
        ? construct.getNode().getPath()
        : String.valueOf(grantee);
  }

  /** CDK only warns of statements that went nowhere, since whoever imported gave no role. */
  private void requireKnown(IGrantable grantee) {
    if (grantee.getGrantPrincipal() instanceof UnknownPrincipal) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s on lock table %s must go to a role that is known, got imported %s: %s",
              permission.actions(),
              table.getNode().getPath(),
              name(grantee),
              "import it by its attributes, with its role"));
    }
  }

  private static Grant add(
      IGrantable grantee,
      List<String> actions,
      String arn,
      Map<String, Map<String, Object>> conditions) {
    return Grant.addToPrincipal(
        GrantOnPrincipalOptions.builder()
            .grantee(grantee)
            .actions(actions)
            .resourceArns(List.of(arn))
            .conditions(conditions)
            .build());
  }
}
