package dev.holdfast.lock.internal.engine;

import dev.holdfast.lock.LockCallback;
import dev.holdfast.lock.internal.protocol.LockRow;
import dev.holdfast.lock.internal.protocol.RowState;
import dev.holdfast.lock.internal.text.LogText;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Work that the threads of this JVM do under a lock. A thread that waits for a lock under which it
 * works would wait for itself.
 *
 * <p>A hold is identified by its nonce, which is unique across all hosts and tables. So one
 * instance serves all clients of the JVM, and finds a second client of the same table too. A lock
 * that is only held is not recorded, since another thread may do the work and release it.
 * Thread-safe.
 */
final class ActiveWork {
  /** The work of this JVM; it is empty whenever no thread works under a lock. */
  static final ActiveWork OF_THIS_JVM = new ActiveWork();

  private final Set<Entry> entries = ConcurrentHashMap.newKeySet();

  private record Entry(String nonce, Thread thread) {}

  /** Does work under a hold. The same thread may do work under the same hold within it. */
  <L, T, X extends Exception> T call(LockRow row, L lease, LockCallback<L, T, X> work) throws X {
    Entry entry = new Entry(row.version().nonce(), Thread.currentThread());
    boolean added = entries.add(entry);
    try {
      return work.call(lease);
    } finally {
      if (added) {
        entries.remove(entry);
      }
    }
  }

  boolean isOfThisThread(LockRow row) {
    return row.state() == RowState.HELD
        && entries.contains(new Entry(row.version().nonce(), Thread.currentThread()));
  }

  static IllegalStateException reentrant(String name) {
    return new IllegalStateException(
        "lock "
            + LogText.quote(name)
            + " is already held by this thread, which would wait for itself: do the inner work"
            + " under the outer lock, or use another id");
  }
}
