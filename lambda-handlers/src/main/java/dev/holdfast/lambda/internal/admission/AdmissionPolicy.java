package dev.holdfast.lambda.internal.admission;

import dev.holdfast.lambda.error.InsufficientTimeException;
import dev.holdfast.lambda.internal.keys.WorkKey;
import dev.holdfast.lock.AlreadyCompletedException;
import dev.holdfast.lock.LockException;
import dev.holdfast.lock.LockUnavailableException;
import java.time.Duration;
import java.util.Optional;

/**
 * The way in for an invocation that is about one thing: where nothing can be begun, one log line
 * says why, and the exception comes out.
 *
 * @param workGuard of the invocation
 */
public record AdmissionPolicy(WorkGuard workGuard) {

  /** Waits while the work still fits behind the wait, or as long as the guard was told. */
  public HeldWork admit(WorkKey workKey) throws InterruptedException {
    return admit(workKey, workGuard.config().timeBudget().maxWaitOrLongest());
  }

  public HeldWork admit(WorkKey workKey, Duration maxWait) throws InterruptedException {
    try {
      return workGuard.admit(workKey, maxWait);
    } catch (AlreadyCompletedException e) {
      workGuard.log().duplicate(e.completion());
      throw e;
    } catch (LockException | InsufficientTimeException e) {
      workGuard.log().notStarted(workKey, e);
      throw e;
    }
  }

  /** For triggers to which a duplicate is a success: nothing where the event was handled before. */
  public Optional<HeldWork> admitOnce(WorkKey workKey) throws InterruptedException {
    try {
      return Optional.of(admit(workKey));
    } catch (AlreadyCompletedException duplicate) {
      return Optional.empty();
    }
  }

  /**
   * For schedules: nothing where another event's run has the resource. A holder that works on this
   * very event is an earlier delivery that may have crashed, and is waited for.
   */
  public Optional<HeldWork> admitUnlessOverlapping(WorkKey workKey) throws InterruptedException {
    try {
      return Optional.of(workGuard.admit(workKey, Duration.ZERO));
    } catch (LockUnavailableException e) {
      if (workKey.isDifferentEvent(e.holder().event())) {
        workGuard.log().skipped(workKey, e.holder());
        return Optional.empty();
      }
      return admitOnce(workKey);
    } catch (AlreadyCompletedException e) {
      workGuard.log().duplicate(e.completion());
      return Optional.empty();
    } catch (LockException | InsufficientTimeException e) {
      workGuard.log().notStarted(workKey, e);
      throw e;
    }
  }
}
