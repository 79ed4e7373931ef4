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
 * Who in this JVM has a lock, and who waits for it, in order of arrival. Guarded by {@link
 * WaitQueues}.
 */
public final class WaitQueue {
  private final Deque<Waiter> waiters = new ArrayDeque<>();
  private @Nullable Hold currentHold;
  private @Nullable LockRow blockingRow;
  private YieldPolicy yieldPolicy = YieldPolicy.NONE;

  /** One thread's place in the line. */
  public static final class Waiter {
    private final String name;
    private volatile CompletableFuture<Void> signal = new CompletableFuture<>();
    private CompletableFuture<Void> signalAtRequest = signal;
    private boolean hasWaitedForHolder;

    Waiter(String name) {
      this.name = name;
    }

    public String name() {
      return name;
    }

    /** Completed as soon as there is a reason to look again. */
    CompletableFuture<Void> signal() {
      return signal;
    }

    /** The table is asked now. */
    void markRequestSent() {
      signalAtRequest = signal;
    }

    /**
     * Completed also where the reason came up while the reply was on its way, which may be older.
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

  /** How long this place has to wait unless it is woken; 0 or less when it is its turn. */
  long waitNanos(Waiter waiter, ClockReading now) {
    if (waiters.peek() != waiter) {
      waiter.hasWaitedForHolder = true;
      return Long.MAX_VALUE;
    }
    long holdNanos = currentHold == null ? 0 : currentHold.remainingNanos(now);
    waiter.hasWaitedForHolder |= holdNanos > 0;
    return holdNanos;
  }

  /** Wakes the first, too: it may wait for the end of an earlier hold. */
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

  /** What stood in the table just now: a row that is free is in nobody's way. */
  void onRowObserved(LockRow row) {
    blockingRow = row.state() == RowState.HELD ? row : null;
  }

  /**
   * Who has the lock, as far as this JVM knows; null where the first has not been told yet. A hold
   * of this JVM that nobody ended says nothing once it is over.
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
