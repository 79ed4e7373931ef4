package dev.holdfast.lock.internal.protocol;

/** What a renewal came to. */
public sealed interface RenewalResult {
  /**
   * The lease runs from the sending that the table shows.
   *
   * @param hold the renewed hold
   */
  record Renewed(Hold hold) implements RenewalResult {}

  /** Somebody else has the row, or nobody. */
  record Lost() implements RenewalResult {}

  /**
   * No answer: the old lease, or the new one where that ends sooner, still counts.
   *
   * @param hold the hold as far as it is known
   * @param failure why there is no answer
   */
  record Unknown(Hold hold, Reply.Failed failure) implements RenewalResult {}
}
