package dev.holdfast.samples;

import com.amazonaws.services.lambda.runtime.Context;
import dev.holdfast.lambda.Guard;
import dev.holdfast.lambda.LockedEventBridgeHandler;
import dev.holdfast.lambda.model.EventBridgeEvent;
import dev.holdfast.lock.Lease;
import java.time.Duration;

/** Writes a report at night and on request. EventBridge can deliver an event twice. */
public final class NightlyReportHandler extends LockedEventBridgeHandler {
  private final Ledger ledger;

  /** Creates the handler for Lambda. */
  public NightlyReportHandler() {
    this(Guard.fromEnvironment().deduplicating(Duration.ofDays(1)), Ledger.fromEnvironment());
  }

  NightlyReportHandler(Guard guard, Ledger ledger) {
    super(guard);
    this.ledger = ledger;
  }

  @Override
  protected String resourceId(EventBridgeEvent event) {
    return "nightly-report";
  }

  @Override
  protected void handle(EventBridgeEvent event, Lease lease, Context context) throws Exception {
    Task report = Task.ofReport(event.detail(), event.id());
    ledger.execute(report, context, lease.fencingToken());
  }
}
