package dev.holdfast.lock.dynamodb.admin;

/** What becomes of a deletion where locks of the table are held. */
public enum HeldLockRule {
  /** The table stays. */
  REFUSE,
  /** The table goes, and with it what kept their holders apart from others. */
  DELETE_ALL_THE_SAME
}
