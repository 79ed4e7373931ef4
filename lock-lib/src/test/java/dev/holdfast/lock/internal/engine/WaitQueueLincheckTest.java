package dev.holdfast.lock.internal.engine;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.lock.internal.engine.WaitQueue.Waiter;
import dev.holdfast.lock.internal.engine.WaitQueues.WaitStatus;
import dev.holdfast.lock.internal.protocol.ClockReading;
import dev.holdfast.lock.internal.protocol.Hold;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/**
 * Checks with Lincheck that only the head of a wait queue attempts to acquire the lock, and that
 * each waiter is notified of the end of a hold.
 */
public class WaitQueueLincheckTest {
  private static final String NAME = "order-42";
  private static final Hold HOLD = SingleRowLockStore.hold(NAME);
  private static final ClockReading NOW = HOLD.confirmed().validFrom();

  private final WaitQueues waitQueues = new WaitQueues();

  /** Counter without synchronization, which is wrong if two threads increment it at once. */
  private int counter;

  @Operation
  public int hold() {
    Waiter waiter = waitQueues.enqueue(NAME);
    awaitHeadOfQueue(waiter);
    waitQueues.onHoldStarted(HOLD, 0, NOW);
    waitQueues.remove(waiter);
    int count = incrementCounter();
    waitQueues.onHoldEnded(HOLD.row(), NOW);
    return count;
  }

  @Operation
  public int failToAcquire() {
    Waiter waiter = waitQueues.enqueue(NAME);
    awaitHeadOfQueue(waiter);
    int count = incrementCounter();
    waitQueues.remove(waiter);
    return count;
  }

  @Operation
  public void leaveQueue() {
    Waiter waiter = waitQueues.enqueue(NAME);
    waitQueues.status(waiter, NOW);
    waitQueues.remove(waiter);
  }

  private void awaitHeadOfQueue(Waiter waiter) {
    WaitStatus status = waitQueues.status(waiter, NOW);
    while (status.waitNanos() > 0) {
      status.signal().join();
      status = waitQueues.status(waiter, NOW);
    }
  }

  private int incrementCounter() {
    int before = counter;
    counter = before + 1;
    return counter;
  }

  @Test
  void attempts_inEveryInterleaving_areExclusive() {
    LincheckOptions.forThreads(3).check(WaitQueueLincheckTest.class);
    LincheckOptions.printReport(
        WaitQueueLincheckTest.class,
        "the wait queue of one lock, by threads that hold it, fail to acquire it or give up",
        3,
        "only the head attempted to acquire, and each waiter was notified of the end of a hold");
  }

  /** Counter without a wait queue, whose race Lincheck must find. */
  public static class CounterWithoutQueue {
    private final WaitQueueLincheckTest test = new WaitQueueLincheckTest();

    @Operation
    public int count() {
      return test.incrementCounter();
    }
  }

  @Test
  void canary_counterWithoutAQueue_isFound() {
    ModelCheckingOptions options = LincheckOptions.forThreads(2);
    assertThatThrownBy(() -> options.check(CounterWithoutQueue.class))
        .hasMessageContaining("Invalid execution results");
    LincheckOptions.printReport(
        WaitQueueLincheckTest.class,
        "a counter without a wait queue, which must be found",
        2,
        "found");
  }
}
