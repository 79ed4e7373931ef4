package dev.holdfast.lock.internal.engine;

import dev.holdfast.lock.internal.protocol.KeyObservations;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Cache of this JVM's observations of contended locks, which later calls use. It has a maximum size
 * and evicts the least recently used key. An eviction costs time and never safety. Thread-safe.
 */
final class ObservationCache {
  private static final int KEYS_MAX = 4_096;

  private final Map<String, KeyObservations> byName =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, KeyObservations> eldest) {
          return size() > KEYS_MAX;
        }
      };

  synchronized KeyObservations get(String name) {
    return byName.getOrDefault(name, KeyObservations.EMPTY);
  }

  synchronized KeyObservations update(String name, UnaryOperator<KeyObservations> change) {
    KeyObservations changed = change.apply(get(name));
    if (changed.equals(KeyObservations.EMPTY)) {
      byName.remove(name);
    } else {
      byName.put(name, changed);
    }
    return changed;
  }
}
