package dev.holdfast.lock.internal.protocol;

/** What to do next while acquiring; see {@link AcquireProtocol}. */
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
   * Send a write, then ask {@link AcquireProtocol#onReply}.
   *
   * @param next who is to be asked
   * @param write what to send
   * @param timeouts how long the call may take
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
   * Wait, then ask {@link AcquireProtocol#onPauseEnd}.
   *
   * @param next who is to be asked
   * @param nanos how long to wait
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
   * Send a write whose reply changes nothing, then go on: a lock that may have been taken and will
   * not be handed out is released.
   *
   * @param write the release
   * @param then what to do after it
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

  /** The end of the attempt. */
  sealed interface Outcome extends AcquireStep {
    /**
     * What was attempted.
     *
     * @return the attempt, with what it gave up
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
   * The lock is ours.
   *
   * @param attempt the attempt
   * @param hold what is held
   * @param previous what the row was before
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
   * Somebody else holds it, until the caller's deadline at least.
   *
   * @param attempt the attempt
   * @param row the row that stood in the way
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
   * The work was done before and is remembered.
   *
   * @param attempt the attempt
   * @param row the row that says so
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
   * The key holds a row that is not ours to touch.
   *
   * @param attempt the attempt
   * @param reason what is wrong with the row
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
   * The table could not be asked.
   *
   * @param attempt the attempt
   * @param failure why
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
   * The lock was won and given back: this host's wall clock is certainly off.
   *
   * @param attempt the attempt
   * @param skew which way, and how far at least
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
   * The lock was ours, but the answer arrived after its validity was over, and it was given back.
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
