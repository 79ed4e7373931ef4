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
  Grant grantTo(IGrantable grantee) {
    requireKnownRole(grantee);
    Grant tableGrant =
        addToPrincipal(grantee, permission.actions(), table.getTableArn(), conditions);
    if (!tableGrant.getSuccess()) {
      return table.grantByResourcePolicy(grantee, this);
    }
    Grant grant = addKeyGrant(grantee, tableGrant);
    return table.needsResourcePolicy(grantee)
        ? grant.combine(table.grantByResourcePolicy(grantee, this))
        : grant;
  }

  /** Adds what the grantee has to be allowed on the table's key, in a statement of its own. */
  private Grant addKeyGrant(IGrantable grantee, Grant tableGrant) {
    Optional<IKey> key = table.encryptionKey();
    if (key.isEmpty()) {
      return tableGrant;
    }
    return tableGrant.combine(
        addToPrincipal(
            grantee,
            permission.kmsPermission().actions(),
            key.get().getKeyArn(),
            KmsPermission.viaDynamoDbCondition(table.identity().region())));
  }

  /** The statement for the table's own policy, which knows the table by the ARN given. */
  PolicyStatement tablePolicyStatement(IGrantable grantee, String arn) {
    return PolicyStatement.Builder.create()
        .principals(List.of(grantee.getGrantPrincipal()))
        .actions(permission.actions())
        .resources(List.of(arn))
        .conditions(conditions)
        .build();
  }

  /** The statement for the key's own policy, where {@code *} means that key. */
  PolicyStatement keyPolicyStatement(IGrantable grantee) {
    return PolicyStatement.Builder.create()
        .principals(List.of(grantee.getGrantPrincipal()))
        .actions(permission.kmsPermission().actions())
        .resources(List.of("*"))
        .conditions(KmsPermission.viaDynamoDbCondition(table.identity().region()))
        .build();
  }

  /** How messages name a grantee. */
  static String granteeName(IGrantable grantee) {
    return grantee instanceof IConstruct construct
        ? construct.getNode().getPath()
        : String.valueOf(grantee);
  }

  /** CDK only warns of statements that went nowhere, since whoever imported gave no role. */
  private void requireKnownRole(IGrantable grantee) {
    if (grantee.getGrantPrincipal() instanceof UnknownPrincipal) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s on lock table %s must go to a role that is known, got imported %s: %s",
              permission.actions(),
              table.getNode().getPath(),
              granteeName(grantee),
              "import it by its attributes, with its role"));
    }
  }

  private static Grant addToPrincipal(
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
