package dev.holdfast.benchmarks.function;

import com.amazonaws.services.lambda.runtime.Context;
import dev.holdfast.lambda.Guard;
import dev.holdfast.lambda.LockedHandler;
import dev.holdfast.lock.Lease;
import java.util.Map;

/** Acquires and releases the lock of one order. */
public final class GuardedFunction extends LockedHandler<Map<String, String>, String> {
  public GuardedFunction() {
    super(Guard.fromEnvironment());
  }

  @Override
  protected String resourceId(Map<String, String> event) {
    return event.getOrDefault("orderId", "");
  }

  @Override
  protected String handle(Map<String, String> event, Lease lease, Context context) {
    return "done";
  }
}
