package dev.holdfast.lock;

import dev.holdfast.lock.protocol.Memory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What this JVM knows of contended keys, so that it outlives the call that learnt it. Bounded: the
 * key that was used longest ago is forgotten first, which costs time, never safety. Thread-safe.
 */
final class Memories {
  private static final int KEYS_MAX = 4_096;

  private final Map<String, Memory> byName =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Memory> eldest) {
          return size() > KEYS_MAX;
        }
      };

  synchronized Memory of(String name) {
    return byName.getOrDefault(name, Memory.EMPTY);
  }

  synchronized Memory update(String name, UnaryOperator<Memory> change) {
    Memory changed = change.apply(of(name));
    if (changed.equals(Memory.EMPTY)) {
      byName.remove(name);
    } else {
      byName.put(name, changed);
    }
    return changed;
  }
}
