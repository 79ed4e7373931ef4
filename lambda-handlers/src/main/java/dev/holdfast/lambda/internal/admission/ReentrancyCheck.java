package dev.holdfast.lambda.internal.admission;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The keys that a guard holds in this JVM, with the thread that works under each. A thread that
 * asks for a key that it has would wait for itself, until its time is over; one that another thread
 * has will be given back. Thread-safe; shared by a guard and those made of it.
 */
public final class ReentrancyCheck {
  private final Map<String, Thread> owners = new ConcurrentHashMap<>();

  void ensureNotHeldByCurrentThread(String key) {
    if (owners.get(key) == Thread.currentThread()) {
      throw new IllegalStateException(
          "this thread holds '"
              + key
              + "' already and would wait for itself: do the inner work under the outer lock, or"
              + " use another id");
    }
  }

  void add(String key) {
    owners.put(key, Thread.currentThread());
  }

  /** Whoever gives it back: a key that stayed here would be refused to its thread for ever. */
  void remove(String key) {
    owners.remove(key);
  }
}
