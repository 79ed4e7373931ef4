package dev.holdfast.lambda.internal.metrics;

import dev.holdfast.lambda.model.LockMetric;
import dev.holdfast.lock.LockEvent;
import dev.holdfast.lock.LockListener;

/**
 * Counts what only the lock sees.
 *
 * @param metrics of the invocation
 */
public record MetricsListener(InvocationMetrics metrics) implements LockListener {

  @Override
  public void onAcquired(LockEvent.Acquired event) {
    metrics.add(LockMetric.REJECTED_ATTEMPTS, event.rejectedAttempts());
  }

  @Override
  public void onNotAcquired(LockEvent.NotAcquired event) {
    metrics.add(LockMetric.REJECTED_ATTEMPTS, event.rejectedAttempts());
  }

  @Override
  public void onTakenOver(LockEvent.TakenOver event) {
    metrics.increment(LockMetric.TAKEN_OVER);
  }
}
