package dev.holdfast.cdk;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.services.dynamodb.Table;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.GrantPolicyWithResourceOptions;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.kms.IKey;

/**
 * The policy of a table that is created here, for grantees whose own policy is out of reach: those
 * of other accounts. What it allows, the other account has to allow too.
 *
 * @param table the table
 * @param physicalArn the ARN made of the name that was given, since the policy is a part of the
 *     table and cannot refer to it; null where none was given
 */
record TableResourcePolicy(Table table, @Nullable String physicalArn) {

  Grant grant(IGrantable grantee, TableGrant grant) {
    requireAwsPrincipal(grantee, grant);
    if (grant.permission() == Permission.ADMINISTRATION) {
      throw invalidGrant(grant, "stays within the table's account", grantee, "grant a role there");
    }
    if (physicalArn == null) {
      throw invalidGrant(
          grant,
          "for another account needs a table with a name",
          grantee,
          "set tableName, so that the table's policy and the other account can name the table");
    }
    grant.table().encryptionKey().ifPresent(key -> grantKeyAccess(grantee, grant, key));
    PolicyStatement statement = grant.tablePolicyStatement(grantee, physicalArn);
    return Grant.addStatementToResourcePolicy(
        GrantPolicyWithResourceOptions.builder()
            .grantee(grantee)
            .actions(grant.permission().actions())
            .resourceArns(List.of(physicalArn))
            .resource(table)
            .statement(statement)
            .build());
  }

  /** DynamoDB takes no services in a table's policy, and nobody wants everybody there. */
  private static void requireAwsPrincipal(IGrantable grantee, TableGrant grant) {
    Map<String, ?> principal = grantee.getGrantPrincipal().getPolicyFragment().getPrincipalJson();
    boolean anyPrincipal = principal.values().toString().contains("[*]");
    if (!principal.keySet().equals(Set.of("AWS")) || anyPrincipal) {
      throw invalidGrant(
          grant,
          "must go to a function, role, user, group, managed policy or account",
          grantee,
          "name who locks");
    }
  }

  private static void grantKeyAccess(IGrantable grantee, TableGrant grant, IKey key) {
    if (!key.addToResourcePolicy(grant.keyPolicyStatement(grantee), true).getStatementAdded()) {
      Annotations.of(grant.table())
          .addWarningV2(
              "holdfast:keyPolicy",
              String.format(
                  Locale.ROOT,
                  "the key of lock table %s is an imported one, whose policy cannot be changed here:"
                      + " let it allow %s to %s",
                  grant.table().getNode().getPath(),
                  grant.permission().kmsPermission().actions(),
                  TableGrant.granteeName(grantee)));
    }
  }

  private static IllegalArgumentException invalidGrant(
      TableGrant grant, String rule, IGrantable grantee, String remedy) {
    return new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "%s on lock table %s %s, got %s: %s",
            grant.permission().actions(),
            grant.table().getNode().getPath(),
            rule,
            TableGrant.granteeName(grantee),
            remedy));
  }
}
