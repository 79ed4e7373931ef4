package shop;

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

@ExtendWith(SimulatedLockExtension.class) // a lock table in memory and a manual clock
class ShipOrderTest {
  private final InProcessInvoker function;
  private final TestContext context;

  ShipOrderTest(LockClient locks, ManualClock clock) {
    Guard guard = Guard.on(locks).deduplicating(Duration.ofDays(1));
    function = InProcessInvoker.of(new ShipOrder(guard));
    context = TestContext.at(clock);
  }

  @Test
  void messageDeliveredTwice_isShippedOnce() throws IOException {
    SqsMessage message = SqsMessage.of("m-1", "17");
    function.invoke(SampleEvents.sqs(message), context);
    function.invoke(SampleEvents.sqs(message.delivery("another-receipt", 2)), context);
    assertThat(context.logMessages()).singleElement().asString().startsWith("ship 17, token ");
  }

  @Test
  void busyOrder_isReportedAsFailed(OtherHost otherHost) throws IOException {
    otherHost.acquire(Ids.of("order", 17));
    assertThat(function.invoke(SampleEvents.sqs(SqsMessage.of("m-1", "17")), context))
        .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"m-1\"}]}");
    assertThat(context.logMessages()).isEmpty();
  }
}
