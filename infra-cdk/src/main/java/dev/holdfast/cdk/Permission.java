package dev.holdfast.cdk;

import java.util.List;

/** What a grant on a lock table allows: DynamoDB's actions, and what they do with a table's key. */
enum Permission {
  /** All that locking needs: what blocks a write comes back with its refusal, not by a read. */
  LOCKING(KeyUse.WRITING, "dynamodb:DeleteItem", "dynamodb:PutItem"),

  OWNERSHIP_CHECKS(KeyUse.READING, "dynamodb:ConditionCheckItem"),

  INSPECTION(
      KeyUse.READING,
      "dynamodb:DescribeTable",
      "dynamodb:DescribeTimeToLive",
      "dynamodb:GetItem",
      "dynamodb:ListTagsOfResource",
      "dynamodb:Query",
      "dynamodb:Scan"),

  /** Besides inspection: a lock is broken by DeleteItem, or by a PutItem that keeps its token. */
  ADMINISTRATION(
      KeyUse.WRITING,
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

  private final KeyUse keyUse;

  @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable.
  private final List<String> actions;

  Permission(KeyUse keyUse, String... actions) {
    this.keyUse = keyUse;
    this.actions = List.of(actions);
  }

  /** The actions, sorted, so that each synthesis writes the same template. */
  List<String> actions() {
    return actions;
  }

  KeyUse keyUse() {
    return keyUse;
  }
}
