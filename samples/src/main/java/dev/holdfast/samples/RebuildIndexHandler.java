package dev.holdfast.samples;

import com.amazonaws.services.lambda.runtime.Context;
import dev.holdfast.lambda.Guard;
import dev.holdfast.lambda.Ids;
import dev.holdfast.lambda.LockedHandler;
import dev.holdfast.lock.Lease;
import java.time.Duration;

/** Rebuilds an index when it is invoked. Two rebuilds of one index do not run at the same time. */
public final class RebuildIndexHandler
    extends LockedHandler<RebuildIndexHandler.Request, RebuildIndexHandler.Response> {
  private final Ledger ledger;

  record Request(String index, String reason) {}

  record Response(String index, long token) {}

  /** Creates the handler for Lambda. */
  public RebuildIndexHandler() {
    this(Guard.fromEnvironment(), Ledger.fromEnvironment());
  }

  RebuildIndexHandler(Guard guard, Ledger ledger) {
    super(guard);
    this.ledger = ledger;
  }

  @Override
  protected String resourceId(Request request) {
    return Ids.of("index", request.index());
  }

  @Override
  protected Response handle(Request request, Lease lease, Context context) throws Exception {
    Task rebuild = new Task(lease.name(), "rebuild", request.reason(), Duration.ofMillis(50));
    ledger.execute(rebuild, context, lease.fencingToken());
    return new Response(request.index(), lease.fencingToken().value());
  }
}
