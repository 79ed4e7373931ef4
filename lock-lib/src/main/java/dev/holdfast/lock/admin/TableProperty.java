package dev.holdfast.lock.admin;

/** Property of a table that is checked. */
public enum TableProperty {
  /** Keys of the table; locking needs the right ones. */
  KEY("key", Severity.PREVENTS_LOCKING),
  /** Status of the table; locking needs a usable table. */
  STATUS("status", Severity.PREVENTS_LOCKING),
  /** Time to live, which deletes old rows. */
  TIME_TO_LIVE("time to live", Severity.ADVICE),
  /** Billing mode; provisioned capacity throttles many concurrent waiters. */
  BILLING_MODE("billing", Severity.ADVICE),
  /** Deletion protection. */
  DELETION_PROTECTION("deletion protection", Severity.ADVICE),
  /** Tag that marks lock tables. */
  TAG("tag", Severity.ADVICE),
  /** Replicas in other Regions that are eventually consistent. */
  REPLICAS("replicas", Severity.ADVICE);

  private final String label;
  private final Severity severity;

  TableProperty(String label, Severity severity) {
    this.label = label;
    this.severity = severity;
  }

  /**
   * Returns the severity of a difference in this property.
   *
   * @return the severity
   */
  public Severity severity() {
    return severity;
  }

  @Override
  public String toString() {
    return label;
  }

  /** Severity of a difference. */
  public enum Severity {
    /** No lock can be acquired in the table. */
    PREVENTS_LOCKING,
    /** Locking works, but the table should be improved. */
    ADVICE
  }
}
