package dev.holdfast.lock.protocol;

/** What a renewal came to. */
public sealed interface Renewal {
  /**
   * The lease runs from the sending that the table shows.
   *
   * @param hold the renewed hold
   */
  record Renewed(Hold hold) implements Renewal {}

  /** Somebody else has the row, or nobody. */
  record Lost() implements Renewal {}

  /**
   * No answer: the old lease, or the new one where that ends sooner, still counts.
   *
   * @param hold the hold as far as it is known
   * @param failure why there is no answer
   */
  record Unknown(Hold hold, Reply.Failed failure) implements Renewal {}
}
