package dev.holdfast.cdk;

import java.util.List;

/** Permission on a lock table: its DynamoDB actions and the KMS permission that they need. */
enum Permission {
  /**
   * Actions for locking. No read is needed, because a failed condition returns the row that failed
   * it.
   */
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

  /**
   * Actions for inspection and administration. Breaking a lock is a DeleteItem, or a PutItem that
   * keeps the fencing token.
   */
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

  /** Returns the actions, sorted so that each synthesis writes the same template. */
  List<String> actions() {
    return actions;
  }

  KmsPermission kmsPermission() {
    return kmsPermission;
  }
}
