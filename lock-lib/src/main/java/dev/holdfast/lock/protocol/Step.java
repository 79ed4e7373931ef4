package dev.holdfast.lock.protocol;

/** What to do next while acquiring; see {@link Acquiring}. */
public sealed interface Step {

  /**
   * Send a write, then ask {@link Acquiring#onReply}.
   *
   * @param next who is to be asked
   * @param write what to send
   * @param budget how long the call may take
   */
  record Send(Acquiring next, Write.Acquire write, CallBudget budget) implements Step {}

  /**
   * Wait, then ask {@link Acquiring#onWake}.
   *
   * @param next who is to be asked
   * @param nanos how long to wait
   */
  record Pause(Acquiring next, long nanos) implements Step {}

  /**
   * Send a write whose reply changes nothing, then go on: a lock that may have been taken and will
   * not be handed out is released.
   *
   * @param write the release
   * @param then what to do after it
   */
  record Abandon(Write write, Step then) implements Step {}

  /** The end of the attempt. */
  sealed interface Outcome extends Step {
    /**
     * What was attempted.
     *
     * @return the attempt, with what it gave up
     */
    Attempt ended();
  }

  /**
   * The lock is ours.
   *
   * @param ended the attempt
   * @param hold what is held
   * @param replaced what the row was before
   */
  record Granted(Attempt ended, Hold hold, Seen replaced) implements Outcome {}

  /**
   * Somebody else holds it, until the caller's deadline at least.
   *
   * @param ended the attempt
   * @param row the row that stood in the way
   */
  record Busy(Attempt ended, LockRow row) implements Outcome {}

  /**
   * The work was done before and is remembered.
   *
   * @param ended the attempt
   * @param row the row that says so
   */
  record Done(Attempt ended, LockRow row) implements Outcome {}

  /**
   * The key holds a row that is not ours to touch.
   *
   * @param ended the attempt
   * @param reason what is wrong with the row
   */
  record Foreign(Attempt ended, String reason) implements Outcome {}

  /**
   * The table could not be asked.
   *
   * @param ended the attempt
   * @param failure why
   */
  record Failed(Attempt ended, Reply.Failed failure) implements Outcome {}

  /**
   * The lock was won and given back: this host's wall clock is certainly off.
   *
   * @param ended the attempt
   * @param beyond which way, and how far at least
   */
  record ClockOff(Attempt ended, ClockError.Beyond beyond) implements Outcome {}

  /**
   * The lock was ours, but the answer arrived after its validity was over, and it was given back.
   *
   * @param ended the attempt
   */
  record TooLate(Attempt ended) implements Outcome {}
}
