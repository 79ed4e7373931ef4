package dev.holdfast.lambda.internal.metrics;

import dev.holdfast.lambda.model.LockMetric;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Counters and durations of one invocation. Thread-safe. */
public final class InvocationMetrics {
  private static final int MAX_BUSY_LOCKS = 10;

  private final Map<LockMetric, Long> values = new ConcurrentHashMap<>();
  private final Set<String> busyLocks = ConcurrentHashMap.newKeySet();

  public void increment(LockMetric metric) {
    values.merge(metric, 1L, Long::sum);
  }

  void add(LockMetric metric, long count) {
    values.merge(metric, count, Long::sum);
  }

  public void add(LockMetric metric, Duration time) {
    add(metric, Math.max(0, time.toMillis()));
  }

  public void set(LockMetric metric, Duration time) {
    values.put(metric, Math.max(0, time.toMillis()));
  }

  /** Counts a busy lock and records the name of the first ten. */
  public void addBusyLock(String workKey) {
    increment(LockMetric.BUSY);
    if (busyLocks.size() < MAX_BUSY_LOCKS) {
      busyLocks.add(workKey);
    }
  }

  /** Returns all counts, including zeros, and the durations that were measured. */
  Map<LockMetric, Long> values() {
    Map<LockMetric, Long> all = new EnumMap<>(LockMetric.class);
    for (LockMetric metric : LockMetric.values()) {
      if (metric.isCount() || values.containsKey(metric)) {
        all.put(metric, values.getOrDefault(metric, 0L));
      }
    }
    return all;
  }

  Set<String> busyLocks() {
    return Set.copyOf(busyLocks);
  }
}
