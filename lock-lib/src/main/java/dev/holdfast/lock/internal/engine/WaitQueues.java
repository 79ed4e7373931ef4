package dev.holdfast.lock.internal.engine;

import dev.holdfast.lock.internal.engine.WaitQueue.Waiter;
import dev.holdfast.lock.internal.protocol.ClockReading;
import dev.holdfast.lock.internal.protocol.Hold;
import dev.holdfast.lock.internal.protocol.LockRow;
import dev.holdfast.lock.internal.protocol.YieldPolicy;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Wait queues of this JVM, one for each lock of a table. Only the head of a queue sends requests,
 * and it sends none while a thread of this JVM holds the lock.
 *
 * <p>The number of queues is limited. The least recently used queue without a waiter is evicted
 * first; an eviction costs rejected attempts and never safety. Thread-safe. A simulation extends
 * this class to observe the queues.
 */
public class WaitQueues {
  private static final int QUEUES_MAX = 1_024;

  private final Map<String, WaitQueue> byName = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * State of a queue for one waiter.
   *
   * @param waitNanos time to wait in nanoseconds; 0 or less if the waiter may send a request
   * @param signal future that completes when the waiter should check again
   * @param blockingRow row of the current holder; null if it is not known
   */
  public record WaitStatus(
      long waitNanos, CompletableFuture<Void> signal, @Nullable LockRow blockingRow) {}

  /** Adds the calling thread to the queue of a lock. */
  public synchronized Waiter enqueue(String name) {
    Waiter waiter = new Waiter(name);
    queue(name).add(waiter);
    return waiter;
  }

  /** Removes a waiter and wakes the next one if it was at the head. */
  public synchronized void remove(Waiter waiter) {
    queue(waiter.name()).remove(waiter);
  }

  /** Returns the state of the queue for a waiter. */
  public synchronized WaitStatus status(Waiter waiter, ClockReading now) {
    WaitQueue queue = queue(waiter.name());
    CompletableFuture<Void> signal = waiter.signal();
    return new WaitStatus(queue.waitNanos(waiter, now), signal, queue.blockingRow(now));
  }

  /** Returns the state from which a waiter decides to yield to other hosts. */
  public synchronized YieldPolicy yieldPolicy(Waiter waiter) {
    return queue(waiter.name()).yieldPolicy();
  }

  /** Records that a waiter has yielded to other hosts. */
  public synchronized void onYielded(Waiter waiter) {
    queue(waiter.name()).onYielded();
  }

  /** Records a hold of this JVM and the number of pauses before it. */
  public synchronized void onHoldStarted(Hold hold, int pauses, ClockReading now) {
    queue(hold.row().name()).onHoldStarted(hold, pauses, now);
  }

  /** Records the new lease of a hold of this JVM. */
  public synchronized void onHoldExtended(Hold hold) {
    queue(hold.row().name()).onHoldExtended(hold);
  }

  /** Records the end of a hold and wakes the head of the queue. */
  public synchronized void onHoldEnded(LockRow row, ClockReading now) {
    queue(row.name()).onHoldEnded(row, now);
  }

  synchronized void onRowObserved(LockRow row) {
    WaitQueue queue = byName.get(row.name());
    if (queue != null && !queue.isEmpty()) {
      queue.onRowObserved(row);
    }
  }

  private WaitQueue queue(String name) {
    WaitQueue known = byName.get(name);
    if (known != null) {
      return known;
    }
    WaitQueue created = new WaitQueue();
    byName.put(name, created);
    if (byName.size() > QUEUES_MAX) {
      evictOne(created);
    }
    return created;
  }

  private void evictOne(WaitQueue except) {
    Iterator<WaitQueue> eldestFirst = byName.values().iterator();
    while (eldestFirst.hasNext()) {
      WaitQueue queue = eldestFirst.next();
      if (queue.isEmpty() && queue != except) {
        eldestFirst.remove();
        return;
      }
    }
  }
}
