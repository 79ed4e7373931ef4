package dev.holdfast.lock.internal.protocol;

/** Next step of an acquire; see {@link AcquireProtocol}. */
public sealed interface AcquireStep {

  /**
   * Applies the function for the kind of this step.
   *
   * @param onSend function for {@link Send}
   * @param onPause function for {@link Pause}
   * @param onCompensate function for {@link Compensate}
   * @param onOutcome function for {@link Outcome}
   * @param <R> type of the result
   * @param <X> checked exception that the functions may throw
   * @return the result of the function
   * @throws X if the function throws it
   */
  <R, X extends Exception> R fold(
      ThrowingFunction<Send, R, X> onSend,
      ThrowingFunction<Pause, R, X> onPause,
      ThrowingFunction<Compensate, R, X> onCompensate,
      ThrowingFunction<Outcome, R, X> onOutcome)
      throws X;

  /**
   * Send a write, then call {@link AcquireProtocol#onReply}.
   *
   * @param next the protocol state that receives the reply
   * @param write the write to send
   * @param timeouts timeouts of the call
   */
  record Send(AcquireProtocol next, Write.Acquire write, CallTimeouts timeouts)
      implements AcquireStep {
    @Override
    public <R, X extends Exception> R fold(
        ThrowingFunction<Send, R, X> onSend,
        ThrowingFunction<Pause, R, X> onPause,
        ThrowingFunction<Compensate, R, X> onCompensate,
        ThrowingFunction<Outcome, R, X> onOutcome)
        throws X {
      return onSend.apply(this);
    }
  }

  /**
   * Wait, then call {@link AcquireProtocol#onPauseEnd}.
   *
   * @param next the protocol state that continues
   * @param nanos duration of the pause
   */
  record Pause(AcquireProtocol next, long nanos) implements AcquireStep {
    @Override
    public <R, X extends Exception> R fold(
        ThrowingFunction<Send, R, X> onSend,
        ThrowingFunction<Pause, R, X> onPause,
        ThrowingFunction<Compensate, R, X> onCompensate,
        ThrowingFunction<Outcome, R, X> onOutcome)
        throws X {
      return onPause.apply(this);
    }
  }

  /**
   * Release a lock that may be acquired but is not handed out, then continue. The reply has no
   * effect.
   *
   * @param write the release
   * @param then the step after it
   */
  record Compensate(Write write, AcquireStep then) implements AcquireStep {
    @Override
    public <R, X extends Exception> R fold(
        ThrowingFunction<Send, R, X> onSend,
        ThrowingFunction<Pause, R, X> onPause,
        ThrowingFunction<Compensate, R, X> onCompensate,
        ThrowingFunction<Outcome, R, X> onOutcome)
        throws X {
      return onCompensate.apply(this);
    }
  }

  /** End of the attempt. */
  sealed interface Outcome extends AcquireStep {
    /**
     * Returns the attempt.
     *
     * @return the attempt with its orphans
     */
    Attempt attempt();

    /**
     * Applies the function for the kind of this outcome.
     *
     * @param onAcquired function for {@link Acquired}
     * @param onBusy function for {@link Busy}
     * @param onCompleted function for {@link Completed}
     * @param onUnrecognizedRow function for {@link UnrecognizedRow}
     * @param onFailed function for {@link Failed}
     * @param onClockSkewExceeded function for {@link ClockSkewExceeded}
     * @param onLeaseExpired function for {@link LeaseExpired}
     * @param <R> type of the result
     * @param <X> checked exception that the functions may throw
     * @return the result of the function
     * @throws X if the function throws it
     */
    <R, X extends Exception> R fold(
        ThrowingFunction<Acquired, R, X> onAcquired,
        ThrowingFunction<Busy, R, X> onBusy,
        ThrowingFunction<Completed, R, X> onCompleted,
        ThrowingFunction<UnrecognizedRow, R, X> onUnrecognizedRow,
        ThrowingFunction<Failed, R, X> onFailed,
        ThrowingFunction<ClockSkewExceeded, R, X> onClockSkewExceeded,
        ThrowingFunction<LeaseExpired, R, X> onLeaseExpired)
        throws X;

    @Override
    default <R, X extends Exception> R fold(
        ThrowingFunction<Send, R, X> onSend,
        ThrowingFunction<Pause, R, X> onPause,
        ThrowingFunction<Compensate, R, X> onCompensate,
        ThrowingFunction<Outcome, R, X> onOutcome)
        throws X {
      return onOutcome.apply(this);
    }
  }

  /**
   * The lock is acquired.
   *
   * @param attempt the attempt
   * @param hold the hold
   * @param previous the row before the write
   */
  record Acquired(Attempt attempt, Hold hold, RowSnapshot previous) implements Outcome {
    @Override
    public <R, X extends Exception> R fold(
        ThrowingFunction<Acquired, R, X> onAcquired,
        ThrowingFunction<Busy, R, X> onBusy,
        ThrowingFunction<Completed, R, X> onCompleted,
        ThrowingFunction<UnrecognizedRow, R, X> onUnrecognizedRow,
        ThrowingFunction<Failed, R, X> onFailed,
        ThrowingFunction<ClockSkewExceeded, R, X> onClockSkewExceeded,
        ThrowingFunction<LeaseExpired, R, X> onLeaseExpired)
        throws X {
      return onAcquired.apply(this);
    }
  }

  /**
   * Another holder has the lock at the deadline.
   *
   * @param attempt the attempt
   * @param row the row that rejected the last write
   */
  record Busy(Attempt attempt, LockRow row) implements Outcome {
    @Override
    public <R, X extends Exception> R fold(
        ThrowingFunction<Acquired, R, X> onAcquired,
        ThrowingFunction<Busy, R, X> onBusy,
        ThrowingFunction<Completed, R, X> onCompleted,
        ThrowingFunction<UnrecognizedRow, R, X> onUnrecognizedRow,
        ThrowingFunction<Failed, R, X> onFailed,
        ThrowingFunction<ClockSkewExceeded, R, X> onClockSkewExceeded,
        ThrowingFunction<LeaseExpired, R, X> onLeaseExpired)
        throws X {
      return onBusy.apply(this);
    }
  }

  /**
   * The work was completed before, within its retention.
   *
   * @param attempt the attempt
   * @param row the row with the completion
   */
  record Completed(Attempt attempt, LockRow row) implements Outcome {
    @Override
    public <R, X extends Exception> R fold(
        ThrowingFunction<Acquired, R, X> onAcquired,
        ThrowingFunction<Busy, R, X> onBusy,
        ThrowingFunction<Completed, R, X> onCompleted,
        ThrowingFunction<UnrecognizedRow, R, X> onUnrecognizedRow,
        ThrowingFunction<Failed, R, X> onFailed,
        ThrowingFunction<ClockSkewExceeded, R, X> onClockSkewExceeded,
        ThrowingFunction<LeaseExpired, R, X> onLeaseExpired)
        throws X {
      return onCompleted.apply(this);
    }
  }

  /**
   * The key has a row that this version cannot read.
   *
   * @param attempt the attempt
   * @param reason the first problem of the row
   */
  record UnrecognizedRow(Attempt attempt, String reason) implements Outcome {
    @Override
    public <R, X extends Exception> R fold(
        ThrowingFunction<Acquired, R, X> onAcquired,
        ThrowingFunction<Busy, R, X> onBusy,
        ThrowingFunction<Completed, R, X> onCompleted,
        ThrowingFunction<UnrecognizedRow, R, X> onUnrecognizedRow,
        ThrowingFunction<Failed, R, X> onFailed,
        ThrowingFunction<ClockSkewExceeded, R, X> onClockSkewExceeded,
        ThrowingFunction<LeaseExpired, R, X> onLeaseExpired)
        throws X {
      return onUnrecognizedRow.apply(this);
    }
  }

  /**
   * The table could not be used.
   *
   * @param attempt the attempt
   * @param failure the last failure
   */
  record Failed(Attempt attempt, Reply.Failed failure) implements Outcome {
    @Override
    public <R, X extends Exception> R fold(
        ThrowingFunction<Acquired, R, X> onAcquired,
        ThrowingFunction<Busy, R, X> onBusy,
        ThrowingFunction<Completed, R, X> onCompleted,
        ThrowingFunction<UnrecognizedRow, R, X> onUnrecognizedRow,
        ThrowingFunction<Failed, R, X> onFailed,
        ThrowingFunction<ClockSkewExceeded, R, X> onClockSkewExceeded,
        ThrowingFunction<LeaseExpired, R, X> onLeaseExpired)
        throws X {
      return onFailed.apply(this);
    }
  }

  /**
   * The lock was acquired and released, since the wall clock of this host is wrong.
   *
   * @param attempt the attempt
   * @param skew direction and minimum of the error
   */
  record ClockSkewExceeded(Attempt attempt, ClockSkewEstimate.Skew skew) implements Outcome {
    @Override
    public <R, X extends Exception> R fold(
        ThrowingFunction<Acquired, R, X> onAcquired,
        ThrowingFunction<Busy, R, X> onBusy,
        ThrowingFunction<Completed, R, X> onCompleted,
        ThrowingFunction<UnrecognizedRow, R, X> onUnrecognizedRow,
        ThrowingFunction<Failed, R, X> onFailed,
        ThrowingFunction<ClockSkewExceeded, R, X> onClockSkewExceeded,
        ThrowingFunction<LeaseExpired, R, X> onLeaseExpired)
        throws X {
      return onClockSkewExceeded.apply(this);
    }
  }

  /**
   * The lock was acquired, but the reply arrived after its validity, and it was released.
   *
   * @param attempt the attempt
   */
  record LeaseExpired(Attempt attempt) implements Outcome {
    @Override
    public <R, X extends Exception> R fold(
        ThrowingFunction<Acquired, R, X> onAcquired,
        ThrowingFunction<Busy, R, X> onBusy,
        ThrowingFunction<Completed, R, X> onCompleted,
        ThrowingFunction<UnrecognizedRow, R, X> onUnrecognizedRow,
        ThrowingFunction<Failed, R, X> onFailed,
        ThrowingFunction<ClockSkewExceeded, R, X> onClockSkewExceeded,
        ThrowingFunction<LeaseExpired, R, X> onLeaseExpired)
        throws X {
      return onLeaseExpired.apply(this);
    }
  }
}
