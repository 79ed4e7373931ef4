package dev.holdfast.verification.engine;

import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.internal.engine.DefaultLockClient;
import dev.holdfast.lock.internal.engine.WaitQueue.Waiter;
import dev.holdfast.lock.internal.engine.WaitQueues;
import dev.holdfast.lock.internal.protocol.ClockReading;
import dev.holdfast.lock.internal.protocol.Hold;
import dev.holdfast.lock.internal.protocol.LockRow;
import dev.holdfast.lock.internal.protocol.YieldPolicy;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Wait queues of one host that notify a listener of each event, in the thread that causes it. With
 * a {@link Mutation}, one rule is violated, which a simulation must detect.
 */
public final class InstrumentedWaitQueues {
  private final WaitQueueListener listener;
  private final Mutation mutation;

  /** Listener for the events of wait queues. */
  public interface WaitQueueListener {
    /** Handles the arrival of the calling thread in the queue. */
    void onEnqueued(String name);

    /** Handles the removal of the calling thread from the queue. */
    void onRemoved(String name);

    /** Handles the start of a hold, which its thread considers valid until this time. */
    void onHoldStarted(String name, long untilNanos);

    /** Handles a renewal, confirmed or not, which extends the hold until this time. */
    void onHoldExtended(String name, long untilNanos);

    /** Handles the end of the hold of a thread of this host. */
    void onHoldEnded(String name);

    /** Handles a yield of the head of the queue to other hosts. */
    void onYielded(String name);
  }

  /** Violation of one rule of the wait queue. */
  public enum Mutation {
    /** Violates no rule. */
    NONE,
    /** Does not notify a waiter of the end of a hold. */
    NO_WAKEUP_AFTER_HOLD,
    /** Does not notify a waiter that becomes the head of the queue. */
    NO_WAKEUP_AFTER_REMOVAL,
    /** Lets each waiter send requests. */
    EVERY_WAITER_ATTEMPTS,
    /** Keeps a waiter that gave up in the queue. */
    REMOVAL_IGNORED,
    /** Does not record that a thread of this host holds the lock. */
    HOLD_NOT_RECORDED,
    /** Does not record that a thread of this host renewed the lock. */
    RENEWAL_NOT_RECORDED,
    /** Never yields to other hosts. */
    NEVER_YIELDS
  }

  /**
   * Creates empty wait queues.
   *
   * @param listener listener for the events of the queues
   * @param mutation rule that is violated
   */
  public InstrumentedWaitQueues(WaitQueueListener listener, Mutation mutation) {
    this.listener = listener;
    this.mutation = mutation;
  }

  /**
   * Returns a client that uses these wait queues.
   *
   * @param lockClient client of one host
   * @return client with instrumented wait queues
   */
  public LockClient instrument(LockClient lockClient) {
    return DefaultLockClient.withWaitQueues(lockClient, new MutatedWaitQueues());
  }

  private final class MutatedWaitQueues extends WaitQueues {
    private final Map<String, String> holders = new HashMap<>();
    private boolean endingHold;
    private boolean removingWaiter;

    @Override
    public synchronized Waiter enqueue(String name) {
      listener.onEnqueued(name);
      return super.enqueue(name);
    }

    @Override
    public synchronized void remove(Waiter waiter) {
      removingWaiter = true;
      if (mutation != Mutation.REMOVAL_IGNORED) {
        super.remove(waiter);
      }
      removingWaiter = false;
      listener.onRemoved(waiter.name());
    }

    @Override
    public synchronized WaitStatus status(Waiter waiter, ClockReading now) {
      WaitStatus status = super.status(waiter, now);
      long waitNanos = mutation == Mutation.EVERY_WAITER_ATTEMPTS ? 0 : status.waitNanos();
      return new WaitStatus(waitNanos, mutate(status.signal()), status.blockingRow());
    }

    private CompletableFuture<Void> mutate(CompletableFuture<Void> signal) {
      return signal.thenCompose(
          ignored -> {
            boolean suppressed =
                (endingHold && mutation == Mutation.NO_WAKEUP_AFTER_HOLD)
                    || (removingWaiter && mutation == Mutation.NO_WAKEUP_AFTER_REMOVAL);
            return suppressed ? new CompletableFuture<>() : CompletableFuture.completedFuture(null);
          });
    }

    @Override
    public synchronized YieldPolicy yieldPolicy(Waiter waiter) {
      return mutation == Mutation.NEVER_YIELDS ? YieldPolicy.NONE : super.yieldPolicy(waiter);
    }

    @Override
    public synchronized void onYielded(Waiter waiter) {
      listener.onYielded(waiter.name());
      super.onYielded(waiter);
    }

    @Override
    public synchronized void onHoldStarted(Hold hold, int pauses, ClockReading now) {
      holders.put(hold.row().name(), nonce(hold.row()));
      listener.onHoldStarted(hold.row().name(), heldUntilNanos(hold));
      if (mutation != Mutation.HOLD_NOT_RECORDED) {
        super.onHoldStarted(hold, pauses, now);
      }
    }

    @Override
    public synchronized void onHoldExtended(Hold hold) {
      if (nonce(hold.row()).equals(holders.get(hold.row().name()))) {
        listener.onHoldExtended(hold.row().name(), heldUntilNanos(hold));
      }
      if (mutation != Mutation.RENEWAL_NOT_RECORDED) {
        super.onHoldExtended(hold);
      }
    }

    @Override
    public synchronized void onHoldEnded(LockRow row, ClockReading now) {
      endingHold = true;
      super.onHoldEnded(row, now);
      endingHold = false;
      if (holders.remove(row.name(), nonce(row))) {
        listener.onHoldEnded(row.name());
      }
    }

    private static long heldUntilNanos(Hold hold) {
      ClockReading confirmed = hold.confirmed().validFrom();
      return confirmed.monotonicNanos() + hold.remainingNanos(confirmed);
    }

    private static String nonce(LockRow row) {
      return row.version().nonce();
    }
  }
}
