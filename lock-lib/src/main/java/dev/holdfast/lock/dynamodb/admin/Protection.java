package dev.holdfast.lock.dynamodb.admin;

/** Whether DynamoDB refuses to delete a table. */
public enum Protection {
  /** It refuses. */
  ON,
  /** Whoever may delete it can. */
  OFF
}
