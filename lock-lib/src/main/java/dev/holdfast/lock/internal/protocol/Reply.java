package dev.holdfast.lock.internal.protocol;

/** Reply to a {@link Write}. */
public sealed interface Reply {

  /**
   * Applies the function for the kind of this reply.
   *
   * @param onApplied function for {@link Applied}
   * @param onRejected function for {@link Rejected}
   * @param onFailed function for {@link Failed}
   * @param <R> type of the result
   * @param <X> checked exception that the functions may throw
   * @return the result of the function
   * @throws X if the function throws it
   */
  <R, X extends Exception> R fold(
      ThrowingFunction<Applied, R, X> onApplied,
      ThrowingFunction<Rejected, R, X> onRejected,
      ThrowingFunction<Failed, R, X> onFailed)
      throws X;

  /**
   * The condition held and the write took effect.
   *
   * @param previous the row before the write
   * @param maybeResent whether the request may have been sent more than once
   */
  record Applied(RowSnapshot previous, boolean maybeResent) implements Reply {
    @Override
    public <R, X extends Exception> R fold(
        ThrowingFunction<Applied, R, X> onApplied,
        ThrowingFunction<Rejected, R, X> onRejected,
        ThrowingFunction<Failed, R, X> onFailed)
        throws X {
      return onApplied.apply(this);
    }
  }

  /**
   * The condition failed. An earlier copy of the same request may have taken effect.
   *
   * @param current the row that rejected the write
   * @param maybeResent whether the request may have been sent more than once, so that a copy may
   *     arrive later
   */
  record Rejected(RowSnapshot current, boolean maybeResent) implements Reply {
    @Override
    public <R, X extends Exception> R fold(
        ThrowingFunction<Applied, R, X> onApplied,
        ThrowingFunction<Rejected, R, X> onRejected,
        ThrowingFunction<Failed, R, X> onFailed)
        throws X {
      return onRejected.apply(this);
    }

    /**
     * Creates the rejection of a request that was sent once.
     *
     * @param current the row that rejected the write
     */
    public Rejected(RowSnapshot current) {
      this(current, false);
    }
  }

  /**
   * The table did not evaluate the condition, or its reply was lost.
   *
   * @param kind the kind of failure
   * @param mayHaveApplied false only if no copy of the request can have taken effect
   * @param error the exception for the caller
   */
  record Failed(FailureKind kind, boolean mayHaveApplied, RuntimeException error) implements Reply {
    @Override
    public <R, X extends Exception> R fold(
        ThrowingFunction<Applied, R, X> onApplied,
        ThrowingFunction<Rejected, R, X> onRejected,
        ThrowingFunction<Failed, R, X> onFailed)
        throws X {
      return onFailed.apply(this);
    }
  }

  /** Kind of failure; {@link ReplyCase} has the reaction to each kind. */
  enum FailureKind {
    /** The table limits the rate. */
    THROTTLED,
    /** Another request was changing the row; the write was not applied. */
    CONTENTION,
    /** Timeout, broken connection or a 5xx status. */
    NO_REPLY,
    /** The calling thread was interrupted. */
    INTERRUPTED,
    /** No permission, no such table or a wrong schema; a retry cannot succeed. */
    PERMANENT;

    boolean isTransient() {
      return ReplyCase.of(this).isTransient();
    }
  }
}
