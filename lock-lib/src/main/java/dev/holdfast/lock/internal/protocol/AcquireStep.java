package dev.holdfast.lock.internal.protocol;

/** What to do next while acquiring; see {@link AcquireProtocol}. */
public sealed interface AcquireStep {

  /**
   * Send a write, then ask {@link AcquireProtocol#onReply}.
   *
   * @param next who is to be asked
   * @param write what to send
   * @param timeouts how long the call may take
   */
  record Send(AcquireProtocol next, Write.Acquire write, CallTimeouts timeouts)
      implements AcquireStep {}

  /**
   * Wait, then ask {@link AcquireProtocol#onPauseEnd}.
   *
   * @param next who is to be asked
   * @param nanos how long to wait
   */
  record Pause(AcquireProtocol next, long nanos) implements AcquireStep {}

  /**
   * Send a write whose reply changes nothing, then go on: a lock that may have been taken and will
   * not be handed out is released.
   *
   * @param write the release
   * @param then what to do after it
   */
  record Compensate(Write write, AcquireStep then) implements AcquireStep {}

  /** The end of the attempt. */
  sealed interface Outcome extends AcquireStep {
    /**
     * What was attempted.
     *
     * @return the attempt, with what it gave up
     */
    Attempt attempt();
  }

  /**
   * The lock is ours.
   *
   * @param attempt the attempt
   * @param hold what is held
   * @param previous what the row was before
   */
  record Acquired(Attempt attempt, Hold hold, RowSnapshot previous) implements Outcome {}

  /**
   * Somebody else holds it, until the caller's deadline at least.
   *
   * @param attempt the attempt
   * @param row the row that stood in the way
   */
  record Busy(Attempt attempt, LockRow row) implements Outcome {}

  /**
   * The work was done before and is remembered.
   *
   * @param attempt the attempt
   * @param row the row that says so
   */
  record Completed(Attempt attempt, LockRow row) implements Outcome {}

  /**
   * The key holds a row that is not ours to touch.
   *
   * @param attempt the attempt
   * @param reason what is wrong with the row
   */
  record UnrecognizedRow(Attempt attempt, String reason) implements Outcome {}

  /**
   * The table could not be asked.
   *
   * @param attempt the attempt
   * @param failure why
   */
  record Failed(Attempt attempt, Reply.Failed failure) implements Outcome {}

  /**
   * The lock was won and given back: this host's wall clock is certainly off.
   *
   * @param attempt the attempt
   * @param skew which way, and how far at least
   */
  record ClockSkewExceeded(Attempt attempt, ClockSkewEstimate.Skew skew) implements Outcome {}

  /**
   * The lock was ours, but the answer arrived after its validity was over, and it was given back.
   *
   * @param attempt the attempt
   */
  record LeaseExpired(Attempt attempt) implements Outcome {}
}
