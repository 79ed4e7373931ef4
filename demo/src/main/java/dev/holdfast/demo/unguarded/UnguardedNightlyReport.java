package dev.holdfast.demo.unguarded;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.holdfast.samples.Ledger;
import dev.holdfast.samples.Task;
import java.util.Locale;
import java.util.Map;

/** Handler that writes reports as the sample does, without a lock. */
public final class UnguardedNightlyReport implements RequestHandler<Map<String, Object>, String> {
  private final Ledger ledger = Ledger.fromEnvironment();

  /** Creates the handler for the Lambda runtime. */
  public UnguardedNightlyReport() {}

  @Override
  public String handleRequest(Map<String, Object> event, Context context) {
    try {
      ledger.executeUnguarded(task(event), context);
      return "done";
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static Task task(Map<String, Object> event) {
    if (event.get("id") instanceof String id && event.get("detail") instanceof Map<?, ?> detail) {
      String json =
          String.format(
              Locale.ROOT,
              "{\"report\":\"%s\",\"takesMillis\":%s}",
              detail.get("report"),
              detail.get("takesMillis"));
      return Task.ofReport(json, id);
    }
    throw new IllegalArgumentException("event must have an id and a detail, got " + event.keySet());
  }
}
