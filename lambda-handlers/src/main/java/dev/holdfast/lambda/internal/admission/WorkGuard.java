package dev.holdfast.lambda.internal.admission;

import dev.holdfast.lambda.error.InvalidEventException;
import dev.holdfast.lambda.internal.keys.WorkKey;
import dev.holdfast.lambda.internal.metrics.InvocationMetrics;
import dev.holdfast.lambda.internal.metrics.MetricsListener;
import dev.holdfast.lambda.internal.time.Invocation;
import dev.holdfast.lambda.model.LockMetric;
import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.LockException;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.LockThrottledException;
import dev.holdfast.lock.PayloadMismatchException;
import dev.holdfast.lock.internal.text.LogText;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Guard of one invocation: acquires the locks of each piece of work and counts the outcomes.
 *
 * <p>The event's lock is acquired first, so that a duplicate costs one rejected attempt. If the
 * resource is busy, the event's lock is released again. Work is admitted only if all of its locks
 * are held and the remaining time is still sufficient. {@link #close} writes the metrics.
 *
 * @param lockAccess the lock client, and the counter of its events
 * @param config the options of the guard
 * @param invocation the invocation
 * @param metrics the metrics of the invocation
 */
public record WorkGuard(
    LockAccess lockAccess, GuardConfig config, Invocation invocation, InvocationMetrics metrics)
    implements AutoCloseable {

  /**
   * The lock client and the state that all invocations of a guard share.
   *
   * @param lockClient the lock client
   * @param metricsListener counts events of the lock client for the invocation that causes them
   */
  public record LockAccess(LockClient lockClient, MetricsListener metricsListener) {

    public static LockAccess of(LockClient lockClient) {
      return new LockAccess(lockClient, new MetricsListener());
    }

    /** Returns a copy whose lock client reports its events to the metrics listener. */
    public LockAccess withMetrics() {
      return new LockAccess(lockClient.withListener(metricsListener), metricsListener);
    }
  }

  /** Returns the log of this invocation. */
  public DecisionLog log() {
    return new DecisionLog(invocation);
  }

  /** Writes the metrics of the invocation. */
  @Override
  public void close() {
    config.metricsOptions().publish(metrics, invocation);
  }

  /** Returns a guard that admits work only if at least this much time remains. */
  public WorkGuard withMinRemainingTimeAtLeast(Duration minRemainingTime) {
    GuardConfig raised =
        config.with(config.timeBudget().withMinRemainingTimeAtLeast(minRemainingTime));
    return new WorkGuard(lockAccess, raised, invocation, metrics);
  }

  /** Returns the longest wait for a lock if several messages share the remaining time. */
  public Duration sharedWait(int messageCount) {
    return config
        .timeBudget()
        .waitTime(invocation.remainingTime(), config.timeBudget().maxWaitOrLongest())
        .dividedBy(messageCount);
  }

  /**
   * Checks that the ids form valid keys.
   *
   * @throws InvalidEventException if an id forms no valid key
   */
  public void validateKeys(WorkKey workKey) {
    resourceKey(workKey);
    eventKey(workKey);
  }

  private Optional<String> resourceKey(WorkKey workKey) {
    return workKey.resource().map(id -> config.keySettings().resourceKey(id, invocation));
  }

  private Optional<String> eventKey(WorkKey workKey) {
    return workKey.event().map(id -> config.keySettings().eventKey(id, invocation));
  }

  /**
   * Admits one piece of work and logs the reason if it is not admitted. Waits for the maximum wait
   * of the guard, or without one as long as enough time for the work remains.
   */
  public Admission admitAndLog(WorkKey workKey) throws InterruptedException {
    return admitAndLog(workKey, config.timeBudget().maxWaitOrLongest());
  }

  /** Admits one piece of work and logs the reason if it is not admitted. */
  public Admission admitAndLog(WorkKey workKey, Duration maxWait) throws InterruptedException {
    return logged(workKey, admit(workKey, maxWait));
  }

  /** Logs the reason if the work is not started; returns the outcome unchanged. */
  public Admission logged(WorkKey workKey, Admission admission) {
    return admission.fold(
        entered -> entered,
        duplicate -> {
          log().duplicate(duplicate.completion());
          return duplicate;
        },
        rejected -> {
          log().notStarted(workKey.toString(), rejected.reason());
          return rejected;
        });
  }

  /** Returns the ids of a piece of work, and counts a failure to read them. */
  public <T> T readIds(Supplier<T> ids) {
    try {
      return ids.get();
    } catch (RuntimeException | Error e) {
      metrics.increment(LockMetric.FAILED);
      throw e;
    }
  }

  /**
   * Acquires the locks of one piece of work.
   *
   * @param maxWait the longest wait; shorter if the work needs the remaining time
   */
  public Admission admit(WorkKey workKey, Duration maxWait) throws InterruptedException {
    Duration remaining = invocation.remainingTime();
    if (!config.timeBudget().isSufficient(remaining)) {
      return noTime(remaining);
    }
    Duration wait = config.timeBudget().waitTime(remaining, maxWait);
    Duration remainingAtWaitEnd = remaining.minus(wait);
    Optional<String> resourceKey = readIds(() -> resourceKey(workKey));
    HeldWork heldWork = new HeldWork(this);
    Optional<Admission> refusal = Optional.empty();
    boolean entered = false;
    try {
      if (config.deduplication().isPresent() && workKey.event().isPresent()) {
        refusal = acquire(eventRequest(workKey), remainingAtWaitEnd, heldWork::addEventLock);
      }
      if (refusal.isEmpty() && resourceKey.isPresent()) {
        LockRequest request = lockRequest(resourceKey.get(), workKey);
        refusal =
            acquire(request, remainingAtWaitEnd, heldWork::addResourceLock)
                .map(WorkGuard::requireNotCompleted);
      }
      refusal.ifPresent(outcome -> countRefusal(workKey, outcome));
      entered = refusal.isEmpty();
    } catch (RuntimeException | Error e) {
      metrics.increment(LockMetric.FAILED);
      throw e;
    } finally {
      metrics.add(LockMetric.WAIT_TIME, remaining.minus(invocation.remainingTime()));
      if (!entered) {
        heldWork.abandon();
      }
    }
    return refusal.orElseGet(() -> enterIfTimeRemains(heldWork));
  }

  private void countRefusal(WorkKey workKey, Admission refusal) {
    if (refusal instanceof Admission.Duplicate) {
      metrics.increment(LockMetric.DUPLICATE);
    } else if (refusal instanceof Admission.Busy) {
      metrics.addBusyLock(workKey.toString());
    } else if (refusal instanceof Admission.TableUnavailable unavailable
        && unavailable.isContention()) {
      metrics.increment(LockMetric.CONTENTION);
    } else if (refusal instanceof Admission.Rejected rejected) {
      countFailure(rejected);
    }
  }

  private void countFailure(Admission.Rejected failure) {
    metrics.increment(LockMetric.FAILED);
    if (failure instanceof Admission.TableUnavailable unavailable
        && unavailable.error() instanceof LockThrottledException) {
      metrics.increment(LockMetric.THROTTLED);
    }
  }

  private Admission noTime(Duration remaining) {
    return new Admission.NoTime(remaining, config.timeBudget().minRemainingTime());
  }

  private Admission enterIfTimeRemains(HeldWork heldWork) {
    Duration remaining = invocation.remainingTime();
    if (config.timeBudget().isSufficient(remaining)) {
      return new Admission.Entered(heldWork);
    }
    heldWork.close();
    return noTime(remaining);
  }

  /** A guard never completes a resource's lock, so other code has done so. */
  private static Admission requireNotCompleted(Admission refusal) {
    if (refusal instanceof Admission.Duplicate duplicate) {
      throw new IllegalStateException(
          "resource lock "
              + LogText.quote(duplicate.completion().name())
              + " was completed by other code, and a guard only locks and releases it: use another"
              + " id or another key prefix",
          duplicate.toException());
    }
    return refusal;
  }

  /** Acquires a lock and adds it to the work, or returns the outcome that prevents it. */
  private Optional<Admission> acquire(
      LockRequest request, Duration remainingAtWaitEnd, Consumer<HeldLock> addToWork)
      throws InterruptedException {
    Duration wait = invocation.remainingTime().minus(remainingAtWaitEnd);
    Duration maxWait = wait.isNegative() ? Duration.ZERO : wait;
    Acquisition acquisition;
    lockAccess.metricsListener().start(metrics);
    try {
      acquisition = lockAccess.lockClient().tryAcquire(request, maxWait);
    } catch (PayloadMismatchException e) {
      return Optional.of(new Admission.PayloadMismatch(e));
    } catch (LockException e) {
      return Optional.of(new Admission.TableUnavailable(e));
    } finally {
      lockAccess.metricsListener().stop();
    }
    return acquisition.fold(
        lock -> {
          addToWork.accept(lock);
          return Optional.empty();
        },
        busy -> Optional.of(new Admission.Busy(request, maxWait, busy.holder())),
        completed -> Optional.of(new Admission.Duplicate(completed.completion())));
  }

  private LockRequest eventRequest(WorkKey workKey) {
    LockRequest request = lockRequest(eventKey(workKey).orElseThrow(), workKey);
    return workKey.payloadHash().map(request::payloadHash).orElse(request);
  }

  private LockRequest lockRequest(String key, WorkKey workKey) {
    Duration remaining = invocation.remainingTime();
    LockRequest request =
        LockRequest.of(key)
            .leaseDuration(config.timeBudget().leaseDuration(remaining))
            .requestDeadline(config.timeBudget().requestDeadline(remaining))
            .holder(invocation.holder());
    return workKey.event().map(id -> withEventId(request, id)).orElse(request);
  }

  /** Replaces the message about requests by one about the event, which is invalid. */
  private static LockRequest withEventId(LockRequest request, String id) {
    try {
      return request.event(id);
    } catch (IllegalArgumentException e) {
      throw new InvalidEventException(
          "event id must be valid Unicode, got an unpaired surrogate: use another event id", e);
    }
  }
}
