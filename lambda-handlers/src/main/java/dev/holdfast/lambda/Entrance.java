package dev.holdfast.lambda;

import dev.holdfast.lock.AlreadyDoneException;
import dev.holdfast.lock.LockException;
import dev.holdfast.lock.LockUnavailableException;
import java.time.Duration;
import java.util.Optional;

/**
 * The way in for an invocation that is about one thing: where nothing can be begun, one log line
 * says why, and the exception comes out.
 *
 * @param gate of the invocation
 */
record Entrance(Gate gate) {

  /** Waits while the work still fits behind the wait, or as long as the guard was told. */
  HeldRows enter(Subject subject) throws InterruptedException {
    return enter(subject, gate.settings().time().longestWait());
  }

  HeldRows enter(Subject subject, Duration waitMax) throws InterruptedException {
    try {
      return gate.enter(subject, waitMax);
    } catch (AlreadyDoneException e) {
      gate.log().duplicate(e.completion());
      throw e;
    } catch (LockException | TooLittleTimeException e) {
      gate.log().notStarted(subject, e);
      throw e;
    }
  }

  /** For triggers to which a duplicate is a success: nothing where the event was handled before. */
  Optional<HeldRows> enterOnce(Subject subject) throws InterruptedException {
    try {
      return Optional.of(enter(subject));
    } catch (AlreadyDoneException duplicate) {
      return Optional.empty();
    }
  }

  /**
   * For schedules: nothing where another event's run has the resource. A holder that works on this
   * very event is an earlier delivery that may have crashed, and is waited for.
   */
  Optional<HeldRows> enterUnlessOverlapping(Subject subject) throws InterruptedException {
    try {
      return Optional.of(gate.enter(subject, Duration.ZERO));
    } catch (LockUnavailableException e) {
      if (subject.isAnotherThan(e.holder().event())) {
        gate.log().skipped(subject, e.holder());
        return Optional.empty();
      }
      return enterOnce(subject);
    } catch (AlreadyDoneException e) {
      gate.log().duplicate(e.completion());
      return Optional.empty();
    } catch (LockException | TooLittleTimeException e) {
      gate.log().notStarted(subject, e);
      throw e;
    }
  }
}
