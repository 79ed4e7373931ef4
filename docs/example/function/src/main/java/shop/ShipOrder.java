package shop;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.holdfast.lambda.Guard;
import dev.holdfast.lambda.Ids;
import dev.holdfast.lambda.LockedSqsHandler;
import dev.holdfast.lock.Lease;
import java.time.Duration;

/** Ships the orders whose numbers arrive in a queue. */
public final class ShipOrder extends LockedSqsHandler {
  public ShipOrder() {
    this(Guard.fromEnvironment().deduplicating(Duration.ofDays(1)));
  }

  ShipOrder(Guard guard) {
    super(guard);
  }

  @Override
  protected String resourceId(SQSMessage message) {
    return Ids.of("order", message.getBody());
  }

  @Override
  protected void handle(SQSMessage message, Lease lease, Context context) {
    context.getLogger().log("ship " + message.getBody() + ", token " + lease.fencingToken());
  }
}
