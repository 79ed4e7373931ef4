package dev.holdfast.lock.dynamodb.admin;

/** What of a table is looked at. */
public enum Aspect {
  /** Its keys; with others nothing can be locked. */
  KEY("key", Weight.PREVENTS_LOCKING),
  /** Whether it can be used now. */
  STATUS("status", Weight.PREVENTS_LOCKING),
  /** Whether rows that no longer matter go by themselves. */
  TIME_TO_LIVE("time to live", Weight.ADVICE),
  /** How it is paid for: with provisioned capacity, a crowd is throttled. */
  BILLING("billing", Weight.ADVICE),
  /** Whether it can be deleted by mistake. */
  DELETION_PROTECTION("deletion protection", Weight.ADVICE),
  /** Whether it is known as a lock table. */
  TAG("tag", Weight.ADVICE),
  /** Whether it has copies in other Regions that agree only in the end. */
  REPLICAS("replicas", Weight.ADVICE);

  private final String label;
  private final Weight weight;

  Aspect(String label, Weight weight) {
    this.label = label;
    this.weight = weight;
  }

  /**
   * What a difference in this means.
   *
   * @return whether locking works all the same
   */
  public Weight weight() {
    return weight;
  }

  @Override
  public String toString() {
    return label;
  }

  /** What a difference means. */
  public enum Weight {
    /** No lock can be had from the table as it is. */
    PREVENTS_LOCKING,
    /** Locking works; something around it could be better. */
    ADVICE
  }
}
