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
 * Threads of one JVM in line for one lock, in the interleavings that Lincheck tries: one has its
 * turn at a time, and nobody sleeps through the end of a hold.
 */
public class WaitQueueLincheckTest {
  private static final String NAME = "order-42";
  private static final Hold HOLD = SingleRowLockStore.hold(NAME);
  private static final ClockReading NOW = HOLD.confirmed().validFrom();

  private final WaitQueues waitQueues = new WaitQueues();

  /** Counts right only where nobody else counts at the same time. */
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
  void turns_inEveryInterleaving_areExclusive() {
    LincheckOptions.forThreads(3).check(WaitQueueLincheckTest.class);
    LincheckOptions.printReport(
        WaitQueueLincheckTest.class,
        "the line for one lock, by threads that hold it, ask in vain or give up",
        3,
        "one had its turn at a time, and nobody slept through an end");
  }

  /** Counts without a turn, which must be found. */
  public static class CounterWithoutQueue {
    private final WaitQueueLincheckTest test = new WaitQueueLincheckTest();

    @Operation
    public int count() {
      return test.incrementCounter();
    }
  }

  @Test
  void canary_countingWithoutAQueue_isFound() {
    ModelCheckingOptions options = LincheckOptions.forThreads(2);
    assertThatThrownBy(() -> options.check(CounterWithoutQueue.class))
        .hasMessageContaining("Invalid execution results");
    LincheckOptions.printReport(
        WaitQueueLincheckTest.class, "a counter without a line, which must be found", 2, "found");
  }
}
