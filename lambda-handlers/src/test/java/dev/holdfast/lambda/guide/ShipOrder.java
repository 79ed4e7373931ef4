package dev.holdfast.lambda.guide;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.holdfast.lambda.Guard;
import dev.holdfast.lambda.Ids;
import dev.holdfast.lambda.LockedSqsHandler;
import dev.holdfast.lock.FencingToken;
import dev.holdfast.lock.Lease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Handler that ships the orders of a queue. */
public final class ShipOrder extends LockedSqsHandler {
  private final Warehouse warehouse;

  /** Warehouse that ships orders. */
  static final class Warehouse {
    final List<String> shipped = new ArrayList<>();

    void ship(String order, FencingToken token) {
      shipped.add(order);
    }
  }

  /** Creates the handler for Lambda. */
  public ShipOrder() {
    this(Guard.fromEnvironment().deduplicating(Duration.ofDays(1)), new Warehouse());
  }

  ShipOrder(Guard guard, Warehouse warehouse) {
    super(guard);
    this.warehouse = warehouse;
  }

  @Override
  protected String resourceId(SQSMessage message) {
    return Ids.of("order", message.getBody());
  }

  @Override
  protected void handle(SQSMessage message, Lease lease, Context context) {
    warehouse.ship(message.getBody(), lease.fencingToken());
  }
}
