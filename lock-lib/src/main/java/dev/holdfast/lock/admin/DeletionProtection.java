package dev.holdfast.lock.admin;

/** Whether DynamoDB refuses to delete a table. */
public enum DeletionProtection {
  /** It refuses. */
  ENABLED,
  /** Whoever may delete it can. */
  DISABLED
}
