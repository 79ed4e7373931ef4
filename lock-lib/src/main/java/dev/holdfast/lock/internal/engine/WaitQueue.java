package dev.holdfast.lock.internal.engine;

import dev.holdfast.lock.internal.protocol.ClockReading;
import dev.holdfast.lock.internal.protocol.Hold;
import dev.holdfast.lock.internal.protocol.LockRow;
import dev.holdfast.lock.internal.protocol.RowState;
import dev.holdfast.lock.internal.protocol.YieldPolicy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * FIFO queue of the threads of this JVM that wait for one lock, with the local hold of the lock.
 * The monitor of {@link WaitQueues} guards it.
 */
public final class WaitQueue {
  private final Deque<Waiter> waiters = new ArrayDeque<>();
  private @Nullable Hold currentHold;
  private @Nullable LockRow blockingRow;
  private YieldPolicy yieldPolicy = YieldPolicy.NONE;

  /** Position of one thread in the queue. */
  public static final class Waiter {
    private final String name;
    private volatile CompletableFuture<Void> signal = new CompletableFuture<>();
    private CompletableFuture<Void> signalAtRequest = signal;
    private boolean hasWaitedForHolder;

    Waiter(String name) {
      this.name = name;
    }

    /** Returns the name of the lock. */
    public String name() {
      return name;
    }

    /** Returns a future that completes when the waiter should check again. */
    CompletableFuture<Void> signal() {
      return signal;
    }

    /** Records that a request is sent now. */
    void markRequestSent() {
      signalAtRequest = signal;
    }

    /**
     * Returns the signal as of the last request. It is complete if a reason to check again occurred
     * after the request was sent, because the reply may be older.
     */
    CompletableFuture<Void> signalAtRequest() {
      return signalAtRequest;
    }

    boolean hasWaitedForHolder() {
      return hasWaitedForHolder;
    }

    private void wake() {
      CompletableFuture<Void> awaited = signal;
      signal = new CompletableFuture<>();
      awaited.complete(null);
    }
  }

  boolean isEmpty() {
    return waiters.isEmpty();
  }

  void add(Waiter waiter) {
    waiters.add(waiter);
  }

  void remove(Waiter waiter) {
    boolean wasHead = waiters.peek() == waiter;
    waiters.remove(waiter);
    if (wasHead) {
      blockingRow = null;
      wakeHead();
    }
  }

  private void wakeHead() {
    Waiter head = waiters.peek();
    if (head != null) {
      head.wake();
    }
  }

  /** Returns how long a waiter waits unless it is woken; 0 or less at the head of the queue. */
  long waitNanos(Waiter waiter, ClockReading now) {
    if (waiters.peek() != waiter) {
      waiter.hasWaitedForHolder = true;
      return Long.MAX_VALUE;
    }
    long holdNanos = currentHold == null ? 0 : currentHold.remainingNanos(now);
    waiter.hasWaitedForHolder |= holdNanos > 0;
    return holdNanos;
  }

  /** Records a hold, and wakes the head, which may wait for the end of an earlier hold. */
  void onHoldStarted(Hold hold, int pauses, ClockReading now) {
    currentHold = hold;
    blockingRow = null;
    yieldPolicy = yieldPolicy.afterAcquire(pauses, now);
    wakeHead();
  }

  void onHoldExtended(Hold hold) {
    if (isCurrentHold(hold.row())) {
      currentHold = hold;
      wakeHead();
    }
  }

  void onHoldEnded(LockRow row, ClockReading now) {
    if (isCurrentHold(row)) {
      currentHold = null;
      blockingRow = null;
      yieldPolicy = yieldPolicy.afterRelease(now);
      wakeHead();
    }
  }

  private boolean isCurrentHold(LockRow row) {
    return currentHold != null && currentHold.row().version().nonce().equals(row.version().nonce());
  }

  /** Records the row that a request has shown. A free row does not block. */
  void onRowObserved(LockRow row) {
    blockingRow = row.state() == RowState.HELD ? row : null;
  }

  /**
   * Returns the row that blocks the waiters; null if it is not known. An expired local hold does
   * not block.
   */
  @Nullable LockRow blockingRow(ClockReading now) {
    return currentHold != null && currentHold.remainingNanos(now) > 0
        ? currentHold.row()
        : blockingRow;
  }

  YieldPolicy yieldPolicy() {
    return yieldPolicy;
  }

  void onYielded() {
    yieldPolicy = yieldPolicy.afterYield();
  }
}
