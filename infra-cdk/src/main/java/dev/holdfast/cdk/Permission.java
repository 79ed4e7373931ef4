package dev.holdfast.cdk;

import java.util.List;

/** What a grant on a lock table allows: DynamoDB's actions, and what they do with a table's key. */
enum Permission {
  /** All that locking needs: what blocks a write comes back with its refusal, not by a read. */
  LOCKING(KmsPermission.ENCRYPT_DECRYPT, "dynamodb:DeleteItem", "dynamodb:PutItem"),

  OWNERSHIP_CHECKS(KmsPermission.DECRYPT, "dynamodb:ConditionCheckItem"),

  INSPECTION(
      KmsPermission.DECRYPT,
      "dynamodb:DescribeTable",
      "dynamodb:DescribeTimeToLive",
      "dynamodb:GetItem",
      "dynamodb:ListTagsOfResource",
      "dynamodb:Query",
      "dynamodb:Scan"),

  /** Besides inspection: a lock is broken by DeleteItem, or by a PutItem that keeps its token. */
  ADMINISTRATION(
      KmsPermission.ENCRYPT_DECRYPT,
      "dynamodb:DeleteItem",
      "dynamodb:DeleteTable",
      "dynamodb:DescribeTable",
      "dynamodb:DescribeTimeToLive",
      "dynamodb:GetItem",
      "dynamodb:ListTagsOfResource",
      "dynamodb:PutItem",
      "dynamodb:Query",
      "dynamodb:Scan",
      "dynamodb:TagResource",
      "dynamodb:UntagResource",
      "dynamodb:UpdateTable",
      "dynamodb:UpdateTimeToLive");

  private final KmsPermission kmsPermission;

  @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable.
  private final List<String> actions;

  Permission(KmsPermission kmsPermission, String... actions) {
    this.kmsPermission = kmsPermission;
    this.actions = List.of(actions);
  }

  /** The actions, sorted, so that each synthesis writes the same template. */
  List<String> actions() {
    return actions;
  }

  KmsPermission kmsPermission() {
    return kmsPermission;
  }
}
