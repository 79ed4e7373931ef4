package dev.holdfast.lock.admin;

/** Behavior of a deletion while locks of the table are held. */
public enum DeleteMode {
  /** Refuses the deletion. */
  IF_UNUSED,
  /** Deletes the table. Its holders are then no longer excluded from each other. */
  FORCE
}
