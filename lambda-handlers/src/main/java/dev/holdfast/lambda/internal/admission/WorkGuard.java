package dev.holdfast.lambda.internal.admission;

import dev.holdfast.lambda.error.InsufficientTimeException;
import dev.holdfast.lambda.error.InvalidEventException;
import dev.holdfast.lambda.internal.admission.HeldWork.EventLock;
import dev.holdfast.lambda.internal.keys.WorkKey;
import dev.holdfast.lambda.internal.metrics.InvocationMetrics;
import dev.holdfast.lambda.internal.metrics.MetricsListener;
import dev.holdfast.lambda.internal.time.Invocation;
import dev.holdfast.lambda.model.LockMetric;
import dev.holdfast.lock.AlreadyCompletedException;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.LockThrottledException;
import dev.holdfast.lock.LockUnavailableException;
import java.time.Duration;
import java.util.Optional;

/**
 * Acquires what one piece of work needs, for one invocation.
 *
 * <p>The event's row comes first, so that a duplicate costs one refused write; where the resource
 * is busy then, the event's row is given back. Nothing is held unless everything is, and unless the
 * work still fits into the time left.
 *
 * @param lockAccess where the locks are
 * @param config what the guard was told
 * @param invocation for which
 * @param metrics what this invocation came to so far
 */
public record WorkGuard(
    LockAccess lockAccess, GuardConfig config, Invocation invocation, InvocationMetrics metrics) {

  /**
   * Where the locks are.
   *
   * @param lockClient on the table
   * @param reentrancyCheck what this JVM has of it, as far as the guard knows
   */
  public record LockAccess(LockClient lockClient, ReentrancyCheck reentrancyCheck) {

    /** The same for one invocation, whose metrics have what only the lock sees. */
    public LockAccess withMetrics(InvocationMetrics metrics) {
      return new LockAccess(lockClient.withListener(new MetricsListener(metrics)), reentrancyCheck);
    }
  }

  public DecisionLog log() {
    return new DecisionLog(invocation.requestId());
  }

  /** Writes the metrics; the invocation is about to return. */
  public void publishMetrics() {
    config.metricsOptions().publish(metrics, invocation);
  }

  public WorkGuard withMinRemainingTimeAtLeast(Duration minRemainingTime) {
    GuardConfig raised =
        config.with(config.timeBudget().withMinRemainingTimeAtLeast(minRemainingTime));
    return new WorkGuard(lockAccess, raised, invocation, metrics);
  }

  /** How long a lock may be waited for now, when the wait is shared with others. */
  public Duration sharedWait(int messageCount) {
    return config
        .timeBudget()
        .waitTime(invocation.remainingTime(), config.timeBudget().maxWaitOrLongest())
        .dividedBy(messageCount);
  }

  /** Waits while the work still fits behind the wait, or as long as the guard was told. */
  HeldWork admit(WorkKey workKey) throws InterruptedException {
    return admit(workKey, config.timeBudget().maxWaitOrLongest());
  }

  /**
   * Waits no longer than told.
   *
   * @throws AlreadyCompletedException if the event was handled before
   * @throws LockUnavailableException if a row was held by another until then
   * @throws InsufficientTimeException if the work does not fit, or no longer does
   */
  public HeldWork admit(WorkKey workKey, Duration maxWait) throws InterruptedException {
    Duration remaining = invocation.remainingTime();
    config.timeBudget().ensureEnoughTime(remaining);
    Duration wait = config.timeBudget().waitTime(remaining, maxWait);
    HeldWork heldWork = acquireWithMetrics(workKey, remaining, remaining.minus(wait));
    try {
      config.timeBudget().ensureEnoughTime(invocation.remainingTime());
      return heldWork;
    } catch (InsufficientTimeException e) {
      heldWork.close();
      throw e;
    }
  }

  private HeldWork acquireWithMetrics(
      WorkKey workKey, Duration remainingAtStart, Duration remainingAtWaitEnd)
      throws InterruptedException {
    try {
      return acquire(workKey, remainingAtWaitEnd);
    } catch (AlreadyCompletedException e) {
      metrics.increment(LockMetric.DUPLICATE);
      throw e;
    } catch (LockUnavailableException e) {
      metrics.addBusyLock(workKey.toString());
      throw e;
    } catch (LockThrottledException e) {
      metrics.increment(LockMetric.THROTTLED);
      throw e;
    } finally {
      metrics.add(LockMetric.WAIT_TIME, remainingAtStart.minus(invocation.remainingTime()));
    }
  }

  /** For callers that are told, too, where an id makes no key. */
  public void validateKeys(WorkKey workKey) {
    workKey.resource().ifPresent(id -> config.keySettings().resourceKey(id, invocation));
    workKey.event().ifPresent(id -> config.keySettings().eventKey(id, invocation));
  }

  private HeldWork acquire(WorkKey workKey, Duration remainingAtWaitEnd)
      throws InterruptedException {
    Optional<String> resourceKey =
        workKey.resource().map(id -> config.keySettings().resourceKey(id, invocation));
    Optional<EventLock> eventLock = acquireEventLock(workKey, remainingAtWaitEnd);
    try {
      return new HeldWork(
          this, acquireResourceLock(resourceKey, workKey, remainingAtWaitEnd), eventLock);
    } catch (Throwable e) {
      eventLock.ifPresent(acquired -> releaseQuietly(acquired.workLock().lock()));
      throw e;
    }
  }

  /** Never throws. */
  void releaseQuietly(HeldLock lock) {
    lock.close();
    lockAccess.reentrancyCheck().remove(lock.name());
  }

  private Optional<EventLock> acquireEventLock(WorkKey workKey, Duration remainingAtWaitEnd)
      throws InterruptedException {
    if (config.deduplication().isEmpty() || workKey.event().isEmpty()) {
      return Optional.empty();
    }
    String key = config.keySettings().eventKey(workKey.event().get(), invocation);
    LockRequest request = lockRequest(key, workKey, remainingAtWaitEnd);
    WorkLock workLock = acquire(workKey.payloadHash().map(request::payloadHash).orElse(request));
    return Optional.of(new EventLock(workLock, config.deduplication().get()));
  }

  private Optional<WorkLock> acquireResourceLock(
      Optional<String> key, WorkKey workKey, Duration remainingAtWaitEnd)
      throws InterruptedException {
    if (key.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(acquire(lockRequest(key.get(), workKey, remainingAtWaitEnd)));
    } catch (AlreadyCompletedException e) {
      throw new IllegalStateException(
          "a resource is locked and released, and '"
              + key.get()
              + "' was completed by other code: use another id or another key prefix",
          e);
    }
  }

  private WorkLock acquire(LockRequest request) throws InterruptedException {
    lockAccess.reentrancyCheck().ensureNotHeldByCurrentThread(request.name());
    HeldLock lock = lockAccess.lockClient().acquire(request);
    WorkLock workLock = WorkLock.of(lock, config.timeBudget().renewal());
    lockAccess.reentrancyCheck().add(request.name());
    return workLock;
  }

  /** Waits until the remaining time has shrunk to the end that all rows of the work share. */
  private LockRequest lockRequest(String key, WorkKey workKey, Duration remainingAtWaitEnd) {
    Duration remaining = invocation.remainingTime();
    Duration wait = remaining.minus(remainingAtWaitEnd);
    LockRequest request =
        LockRequest.of(key)
            .leaseDuration(config.timeBudget().leaseDuration(remaining))
            .maxWait(wait.isNegative() ? Duration.ZERO : wait)
            .requestDeadline(config.timeBudget().requestDeadline(remaining))
            .holder(invocation.holder());
    return workKey.event().map(id -> withEventId(request, id)).orElse(request);
  }

  /** The refusal's own text is about requests, and the event is what is wrong. */
  private static LockRequest withEventId(LockRequest request, String id) {
    try {
      return request.event(id);
    } catch (IllegalArgumentException e) {
      throw new InvalidEventException(
          "event id makes no text of a row: it must be valid Unicode, without half a surrogate pair",
          e);
    }
  }
}
