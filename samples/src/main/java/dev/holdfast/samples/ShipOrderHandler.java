package dev.holdfast.samples;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.holdfast.lambda.Guard;
import dev.holdfast.lambda.LockedSqsHandler;
import dev.holdfast.lock.Lease;
import java.time.Duration;

/**
 * Ships orders step by step. SQS can deliver a step twice, and two steps of an order at the same
 * time.
 */
public final class ShipOrderHandler extends LockedSqsHandler {
  private final Ledger ledger;

  /** Creates the handler for Lambda. */
  public ShipOrderHandler() {
    this(Guard.fromEnvironment().deduplicating(Duration.ofDays(1)), Ledger.fromEnvironment());
  }

  ShipOrderHandler(Guard guard, Ledger ledger) {
    super(guard);
    this.ledger = ledger;
  }

  @Override
  protected String resourceId(SQSMessage message) {
    return Task.ofOrder(message.getBody()).subject();
  }

  @Override
  protected void handle(SQSMessage message, Lease lease, Context context) throws Exception {
    ledger.execute(Task.ofOrder(message.getBody()), context, lease.fencingToken());
  }
}
