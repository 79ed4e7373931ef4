package dev.holdfast.lock.internal.protocol;

/** Result of a renewal. */
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
   * The lease starts at the send that the table confirms.
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

  /** The row belongs to another holder, or it is gone. */
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
   * There is no reply. Of the old and the new lease, the one that ends earlier counts.
   *
   * @param hold the hold with the pending renewal
   * @param failure the reason
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
