package dev.holdfast.cdk;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.services.dynamodb.Table;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.GrantPolicyWithResourceOptions;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.kms.IKey;

/**
 * Resource policy of a table that this app creates, for grantees of other accounts. The other
 * account must allow the same actions.
 *
 * @param table the table
 * @param physicalArn the ARN with the physical name, or null if the table has no physical name; the
 *     policy is part of the table and cannot refer to it
 */
record TableResourcePolicy(Table table, @Nullable String physicalArn) {

  Grant grant(IGrantable grantee, TableGrant grant) {
    requireAwsPrincipal(grantee, grant);
    if (grant.permission() == Permission.ADMINISTRATION) {
      throw invalidGrant(
          grant,
          "must go to a grantee in the table's account",
          grantee,
          "grant it to a role there");
    }
    if (physicalArn == null) {
      throw invalidGrant(
          grant,
          "for another account must have a table with a physical name",
          grantee,
          "set tableName, so that both policies can refer to the table");
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

  /** Rejects services, which DynamoDB does not accept in resource policies, and any principal. */
  private static void requireAwsPrincipal(IGrantable grantee, TableGrant grant) {
    Map<String, ?> principal = grantee.getGrantPrincipal().getPolicyFragment().getPrincipalJson();
    boolean anyPrincipal = principal.values().toString().contains("[*]");
    if (!principal.keySet().equals(Set.of("AWS")) || anyPrincipal) {
      throw invalidGrant(
          grant,
          "must go to a function, role, user, group, managed policy or account",
          grantee,
          "grant it to a specific principal");
    }
  }

  private static void grantKeyAccess(IGrantable grantee, TableGrant grant, IKey key) {
    if (!key.addToResourcePolicy(grant.keyPolicyStatement(grantee), true).getStatementAdded()) {
      Finding.of(
              "key-policy",
              "the key of lock table %s is imported, and this app cannot change its policy: add a"
                  + " statement to it that allows %s to %s",
              grant.table().getNode().getPath(),
              grant.permission().kmsPermission().actions(),
              TableGrant.granteeName(grantee))
          .warn(grant.table());
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
