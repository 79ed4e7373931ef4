package dev.holdfast.lambda.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lambda.Guard;
import dev.holdfast.lambda.Ids;
import dev.holdfast.lambda.testkit.InProcessInvoker;
import dev.holdfast.lambda.testkit.SampleEvents;
import dev.holdfast.lambda.testkit.SqsMessage;
import dev.holdfast.lambda.testkit.TestContext;
import dev.holdfast.lock.LockClient;
import dev.holdfast.testkit.ManualClock;
import dev.holdfast.testkit.OtherHost;
import dev.holdfast.testkit.junit.SimulatedLockExtension;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

// tag::example[]
@ExtendWith(SimulatedLockExtension.class) // in-memory table and manual clock
class ShipOrderTest {
  private final ShipOrder.Warehouse warehouse = new ShipOrder.Warehouse();
  private final InProcessInvoker function;
  private final TestContext context;

  ShipOrderTest(LockClient locks, ManualClock time) {
    Guard guard = Guard.on(locks).deduplicating(Duration.ofDays(1));
    function = InProcessInvoker.of(new ShipOrder(guard, warehouse));
    context = TestContext.at(time); // 3 s left
  }

  @Test
  void messageDeliveredTwice_isShippedOnce() throws IOException {
    SqsMessage message = SqsMessage.of("m-1", "17");
    function.invoke(SampleEvents.sqs(message), context);
    function.invoke(SampleEvents.sqs(message.delivery("another-receipt", 2)), context);
    assertThat(warehouse.shipped).containsExactly("17");
  }

  @Test
  void busyOrder_isReportedAndTheOtherIsShipped(OtherHost other) throws IOException {
    other.acquire(Ids.of("order", 17));
    String batch = SampleEvents.sqs(SqsMessage.of("m-1", "17"), SqsMessage.of("m-2", "18"));
    assertThat(function.invoke(batch, context))
        .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"m-1\"}]}");
    assertThat(warehouse.shipped).containsExactly("18");
  }
}
// end::example[]
