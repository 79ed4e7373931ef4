package dev.holdfast.lock.admin;

/** What becomes of a deletion where locks of the table are held. */
public enum DeleteMode {
  /** The table stays. */
  IF_UNUSED,
  /** The table goes, and with it what kept their holders apart from others. */
  FORCE
}
