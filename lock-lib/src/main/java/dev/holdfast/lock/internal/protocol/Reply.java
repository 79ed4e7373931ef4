package dev.holdfast.lock.internal.protocol;

/** What came back for a {@link Write}. */
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
   * @param previous what it replaced
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
   * The condition did not hold. An earlier copy of the same request may still have taken effect.
   *
   * @param current the row that stood in the way
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
     * The refusal of a request that was sent once.
     *
     * @param current the row that stood in the way
     */
    public Rejected(RowSnapshot current) {
      this(current, false);
    }
  }

  /**
   * No answer of the table's own rules.
   *
   * @param kind what kind of failure
   * @param mayHaveApplied false only when it is certain that no copy of the request took effect
   * @param error the failure as the caller will see it
   */
  record Failed(FailureKind kind, boolean mayHaveApplied, RuntimeException error)
      implements Reply {
    @Override
    public <R, X extends Exception> R fold(
        ThrowingFunction<Applied, R, X> onApplied,
        ThrowingFunction<Rejected, R, X> onRejected,
        ThrowingFunction<Failed, R, X> onFailed)
        throws X {
      return onFailed.apply(this);
    }
  }

  /** Kinds of failure, by what may be done about them. */
  enum FailureKind {
    /** The table limits the rate: ask again later. */
    THROTTLED,
    /** Time-out, broken connection or a 5xx: ask again. */
    NO_REPLY,
    /** The calling thread was interrupted: stop asking. */
    INTERRUPTED,
    /** Denied, no such table, wrong schema: asking again changes nothing. */
    PERMANENT;

    boolean isTransient() {
      return ReplyCase.of(this).isTransient();
    }
  }
}
