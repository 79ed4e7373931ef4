package dev.holdfast.samples;

import com.amazonaws.services.lambda.runtime.Context;
import dev.holdfast.lambda.Guard;
import dev.holdfast.lambda.LockedHandler;
import dev.holdfast.lock.Lease;
import java.time.Duration;

/** Rebuilds an index when somebody invokes it, one at a time per index. */
public final class RebuildIndex extends LockedHandler<RebuildIndex.Wanted, RebuildIndex.Rebuilt> {
  private final Ledger ledger;

  record Wanted(String index, String reason) {}

  record Rebuilt(String index, long token) {}

  /** For Lambda. */
  public RebuildIndex() {
    this(Guard.fromEnvironment(), Ledger.fromEnvironment());
  }

  RebuildIndex(Guard guard, Ledger ledger) {
    super(guard);
    this.ledger = ledger;
  }

  @Override
  protected String resourceId(Wanted wanted) {
    return "index-" + wanted.index();
  }

  @Override
  protected Rebuilt handle(Wanted wanted, Lease lease, Context context) throws Exception {
    Task rebuild = new Task(lease.name(), "rebuild", wanted.reason(), Duration.ofMillis(50));
    ledger.carryOut(rebuild, context, lease.fencingToken());
    return new Rebuilt(wanted.index(), lease.fencingToken().value());
  }
}
