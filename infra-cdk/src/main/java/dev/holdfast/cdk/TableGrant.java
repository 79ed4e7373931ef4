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
 * Grant of a permission on a table, as policy statements.
 *
 * @param table the table
 * @param permission the permission
 * @param conditions the conditions of the statements; empty for none
 */
record TableGrant(
    LockTableBase table, Permission permission, Map<String, Map<String, Object>> conditions) {

  /** Adds the statements to the grantee's policy and, if needed, to the table's resource policy. */
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

  /** Adds a separate statement for the table's key. */
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

  /**
   * Returns the statement for the table's resource policy, which refers to the table by the ARN.
   */
  PolicyStatement tablePolicyStatement(IGrantable grantee, String arn) {
    return PolicyStatement.Builder.create()
        .principals(List.of(grantee.getGrantPrincipal()))
        .actions(permission.actions())
        .resources(List.of(arn))
        .conditions(conditions)
        .build();
  }

  /** Returns the statement for the key policy, in which {@code *} is the key itself. */
  PolicyStatement keyPolicyStatement(IGrantable grantee) {
    return PolicyStatement.Builder.create()
        .principals(List.of(grantee.getGrantPrincipal()))
        .actions(permission.kmsPermission().actions())
        .resources(List.of("*"))
        .conditions(KmsPermission.viaDynamoDbCondition(table.identity().region()))
        .build();
  }

  /** Returns the name of a grantee in messages. */
  static String granteeName(IGrantable grantee) {
    return grantee instanceof IConstruct construct
        ? ConstructPath.of(construct)
        : String.valueOf(grantee);
  }

  /**
   * Rejects imported grantees without a role, for which the CDK drops statements with a warning.
   */
  private void requireKnownRole(IGrantable grantee) {
    if (grantee.getGrantPrincipal() instanceof UnknownPrincipal) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s on lock table %s must go to a grantee with a known role, got imported %s: %s",
              permission.actions(),
              table.getNode().getPath(),
              granteeName(grantee),
              "import it by attributes that include its role"));
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
