package dev.holdfast.lock.internal.protocol;

/** What a renewal came to. */
public sealed interface RenewalResult {

  /**
   * Applies the function for this result.
   *
   * @param onRenewed function for {@link Renewed}
   * @param onLost function for {@link Lost}
   * @param onUnknown function for {@link Unknown}
   * @param <R> type of the result
   * @param <X> checked exception that the functions may throw
   * @return the result of the function
   * @throws X if the function throws it
   */
  <R, X extends Exception> R fold(
      ThrowingFunction<Renewed, R, X> onRenewed,
      ThrowingFunction<Lost, R, X> onLost,
      ThrowingFunction<Unknown, R, X> onUnknown)
      throws X;

  /**
   * The lease runs from the sending that the table shows.
   *
   * @param hold the renewed hold
   */
  record Renewed(Hold hold) implements RenewalResult {
    @Override
    public <R, X extends Exception> R fold(
        ThrowingFunction<Renewed, R, X> onRenewed,
        ThrowingFunction<Lost, R, X> onLost,
        ThrowingFunction<Unknown, R, X> onUnknown)
        throws X {
      return onRenewed.apply(this);
    }
  }

  /** Somebody else has the row, or nobody. */
  record Lost() implements RenewalResult {
    @Override
    public <R, X extends Exception> R fold(
        ThrowingFunction<Renewed, R, X> onRenewed,
        ThrowingFunction<Lost, R, X> onLost,
        ThrowingFunction<Unknown, R, X> onUnknown)
        throws X {
      return onLost.apply(this);
    }
  }

  /**
   * No answer: the old lease, or the new one where that ends sooner, still counts.
   *
   * @param hold the hold as far as it is known
   * @param failure why there is no answer
   */
  record Unknown(Hold hold, Reply.Failed failure) implements RenewalResult {
    @Override
    public <R, X extends Exception> R fold(
        ThrowingFunction<Renewed, R, X> onRenewed,
        ThrowingFunction<Lost, R, X> onLost,
        ThrowingFunction<Unknown, R, X> onUnknown)
        throws X {
      return onUnknown.apply(this);
    }
  }
}
