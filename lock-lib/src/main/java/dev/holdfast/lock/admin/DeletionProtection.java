package dev.holdfast.lock.admin;

/** Deletion protection of a table. */
public enum DeletionProtection {
  /** DynamoDB refuses to delete the table. */
  ENABLED,
  /** DynamoDB deletes the table for each caller with the permission. */
  DISABLED
}
