package dev.holdfast.lock.admin;

/** What of a table is looked at. */
public enum TableProperty {
  /** Its keys; with others nothing can be locked. */
  KEY("key", Severity.PREVENTS_LOCKING),
  /** Whether it can be used now. */
  STATUS("status", Severity.PREVENTS_LOCKING),
  /** Whether rows that no longer matter go by themselves. */
  TIME_TO_LIVE("time to live", Severity.ADVICE),
  /** How it is paid for: with provisioned capacity, a crowd is throttled. */
  BILLING_MODE("billing", Severity.ADVICE),
  /** Whether it can be deleted by mistake. */
  DELETION_PROTECTION("deletion protection", Severity.ADVICE),
  /** Whether it is known as a lock table. */
  TAG("tag", Severity.ADVICE),
  /** Whether it has copies in other Regions that agree only in the end. */
  REPLICAS("replicas", Severity.ADVICE);

  private final String label;
  private final Severity severity;

  TableProperty(String label, Severity weight) {
    this.label = label;
    this.severity = weight;
  }

  /**
   * What a difference in this means.
   *
   * @return whether locking works all the same
   */
  public Severity severity() {
    return severity;
  }

  @Override
  public String toString() {
    return label;
  }

  /** What a difference means. */
  public enum Severity {
    /** No lock can be had from the table as it is. */
    PREVENTS_LOCKING,
    /** Locking works; something around it could be better. */
    ADVICE
  }
}
