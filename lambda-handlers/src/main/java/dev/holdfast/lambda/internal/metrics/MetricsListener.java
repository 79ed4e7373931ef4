package dev.holdfast.lambda.internal.metrics;

import dev.holdfast.lambda.model.LockMetric;
import dev.holdfast.lock.LockEvent;
import dev.holdfast.lock.LockListener;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Listener of a guard's lock client that counts events for the invocation that causes them.
 *
 * <p>The lock client calls the listener in the thread that acquires the lock, between {@link
 * #start} and {@link #stop}. Thread-safe.
 */
public final class MetricsListener implements LockListener {
  private final Map<Thread, InvocationMetrics> acquiringThreads = new ConcurrentHashMap<>();

  /** Counts the events of this thread in these metrics from now on. */
  public void start(InvocationMetrics metrics) {
    acquiringThreads.put(Thread.currentThread(), metrics);
  }

  /** Ends counting the events of this thread. */
  public void stop() {
    acquiringThreads.remove(Thread.currentThread());
  }

  private void count(Consumer<InvocationMetrics> change) {
    InvocationMetrics metrics = acquiringThreads.get(Thread.currentThread());
    if (metrics != null) {
      change.accept(metrics);
    }
  }

  @Override
  public void onAcquired(LockEvent.Acquired event) {
    count(metrics -> metrics.add(LockMetric.REJECTED_ATTEMPTS, event.rejectedAttempts()));
  }

  @Override
  public void onNotAcquired(LockEvent.NotAcquired event) {
    count(metrics -> metrics.add(LockMetric.REJECTED_ATTEMPTS, event.rejectedAttempts()));
  }

  @Override
  public void onTakenOver(LockEvent.TakenOver event) {
    count(metrics -> metrics.increment(LockMetric.TAKEN_OVER));
  }
}
