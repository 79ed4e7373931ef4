package dev.holdfast.lambda;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What one invocation came to, for its metrics. Thread-safe. */
final class Tally {
  private static final int BUSY_LOCKS_MAX = 10;

  private final Map<LockMetric, Long> values = new ConcurrentHashMap<>();
  private final Set<String> busyLocks = ConcurrentHashMap.newKeySet();

  void count(LockMetric metric) {
    values.merge(metric, 1L, Long::sum);
  }

  void add(LockMetric metric, long count) {
    values.merge(metric, count, Long::sum);
  }

  void add(LockMetric metric, Duration time) {
    add(metric, Math.max(0, time.toMillis()));
  }

  void set(LockMetric metric, Duration time) {
    values.put(metric, Math.max(0, time.toMillis()));
  }

  /** Counts a busy lock; its name is kept for the first few. */
  void busy(String subject) {
    count(LockMetric.BUSY);
    if (busyLocks.size() < BUSY_LOCKS_MAX) {
      busyLocks.add(subject);
    }
  }

  /** Every count, also where it is zero; times only where there was something to measure. */
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
