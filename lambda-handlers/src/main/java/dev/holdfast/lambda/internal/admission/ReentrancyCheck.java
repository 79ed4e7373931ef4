package dev.holdfast.lambda.internal.admission;

import dev.holdfast.lock.internal.text.LogText;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keys that a guard holds in this JVM, each with the thread that holds it. A thread that requests a
 * key that it holds itself would wait until its time is over. Thread-safe; a guard and the guards
 * derived from it share one instance.
 */
public final class ReentrancyCheck {
  private final Map<String, Thread> owners = new ConcurrentHashMap<>();

  void ensureNotHeldByCurrentThread(String key) {
    if (owners.get(key) == Thread.currentThread()) {
      throw new IllegalStateException(
          "lock "
              + LogText.quote(key)
              + " is already held by this thread, which would wait for itself: do the inner work"
              + " under the outer lock, or use another id");
    }
  }

  void add(String key) {
    owners.put(key, Thread.currentThread());
  }

  /** Removes a key for any thread, since the thread that added it could not acquire it again. */
  void remove(String key) {
    owners.remove(key);
  }
}
