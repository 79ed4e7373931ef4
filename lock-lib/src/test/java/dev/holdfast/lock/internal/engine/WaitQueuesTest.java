package dev.holdfast.lock.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lock.internal.engine.WaitQueue.Waiter;
import dev.holdfast.lock.internal.engine.WaitQueues.WaitStatus;
import dev.holdfast.lock.internal.protocol.ClockReading;
import dev.holdfast.lock.internal.protocol.Hold;
import org.junit.jupiter.api.Test;

class WaitQueuesTest {
  private static final ClockReading NOW = new ClockReading(1_000_000, 1_000_000);
  private static final int MORE_THAN_QUEUES_MAX = 1_100;

  private final WaitQueues waitQueues = new WaitQueues();

  private void useManyOtherQueues() {
    for (int other = 0; other < MORE_THAN_QUEUES_MAX; other++) {
      waitQueues.remove(waitQueues.enqueue("other-" + other));
    }
  }

  @Test
  void queueWithWaiters_isNeverEvicted() {
    Waiter first = waitQueues.enqueue("order-42");
    Waiter second = waitQueues.enqueue("order-42");

    useManyOtherQueues();

    assertThat(waitQueues.status(first, NOW).waitNanos()).isZero();
    assertThat(waitQueues.status(second, NOW).waitNanos()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void holdAcquiredOutOfOrder_wakesTheHeadOfTheQueue() {
    Hold early = SingleRowLockStore.hold("order-42");
    Hold outOfOrder = SingleRowLockStore.hold("order-42");
    waitQueues.onHoldStarted(early, 0, NOW);
    Waiter first = waitQueues.enqueue("order-42");
    WaitStatus status = waitQueues.status(first, NOW);

    waitQueues.onHoldStarted(outOfOrder, 0, NOW);

    assertThat(status.signal()).isDone();
  }

  @Test
  void holder_afterItsRowIsObservedFree_isNoLongerReported() {
    Hold hold = SingleRowLockStore.hold("order-42");
    Waiter first = waitQueues.enqueue("order-42");
    waitQueues.onRowObserved(hold.row());
    assertThat(waitQueues.status(first, NOW).blockingRow()).isEqualTo(hold.row());

    waitQueues.onRowObserved(hold.release(NOW, true).row());

    assertThat(waitQueues.status(first, NOW).blockingRow()).isNull();
  }

  @Test
  void queuesInUse_aboveTheLimit_areAllKept() {
    Waiter first = waitQueues.enqueue("order-42");
    for (int other = 0; other < MORE_THAN_QUEUES_MAX; other++) {
      waitQueues.enqueue("other-" + other);
    }
    assertThat(waitQueues.status(first, NOW).waitNanos()).isZero();
  }
}
