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
 * The lines of one host, which tell what happens in them, in the thread that does it; and the same
 * with one rule bent, for a simulation that is to notice.
 */
public final class InstrumentedWaitQueues {
  private final WaitQueueListener listener;
  private final Mutation mutation;

  /** Is told what happens in lines. */
  public interface WaitQueueListener {
    /** This thread stands in line from now on. */
    void onEnqueued(String name);

    /** This thread stands in line no more. */
    void onRemoved(String name);

    /** A thread of this host has won the lock, and believes in it until then. */
    void onHoldStarted(String name, long untilNanos);

    /** It has renewed the lock, or tried to, and believes in it until then. */
    void onHoldExtended(String name, long untilNanos);

    /** What a thread of this host had is over. */
    void onHoldEnded(String name);

    /** The first in line lets other hosts by. */
    void onYielded(String name);
  }

  /** One rule of the line, as it ships or bent. */
  public enum Mutation {
    /** As it ships. */
    NONE,
    /** Who waits in line sleeps through the end of a hold. */
    NO_WAKEUP_AFTER_HOLD,
    /** Who becomes the first in line is not told. */
    NO_WAKEUP_AFTER_REMOVAL,
    /** Each in line asks the table. */
    EVERY_WAITER_ATTEMPTS,
    /** Who gave up stays in line. */
    REMOVAL_IGNORED,
    /** The line does not know that the lock is held here. */
    HOLD_NOT_RECORDED,
    /** The line does not know that the lock was renewed here. */
    RENEWAL_NOT_RECORDED,
    /** The line goes on without a rest. */
    NEVER_YIELDS
  }

  /**
   * Lines in which nobody stands.
   *
   * @param listener who is told
   * @param mutation what is bent
   */
  public InstrumentedWaitQueues(WaitQueueListener listener, Mutation mutation) {
    this.listener = listener;
    this.mutation = mutation;
  }

  /**
   * Has threads stand in these lines.
   *
   * @param lockClient locks of one host
   * @return the same, watched
   */
  public LockClient instrument(LockClient lockClient) {
    return ((DefaultLockClient) lockClient).withWaitQueues(new MutatedWaitQueues());
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
