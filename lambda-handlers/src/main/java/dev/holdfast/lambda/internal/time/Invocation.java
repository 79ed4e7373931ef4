package dev.holdfast.lambda.internal.time;

import com.amazonaws.services.lambda.runtime.Context;
import java.time.Duration;
import java.util.Optional;

/**
 * What the guard asks of an invocation's context.
 *
 * @param context as Lambda passes it
 */
public record Invocation(Context context) {

  public Duration remainingTime() {
    return Duration.ofMillis(Math.max(0, context.getRemainingTimeInMillis()));
  }

  /** For the row and its readers: who holds it, and where to find its log. */
  public String holder() {
    return context.getFunctionName()
        + ":"
        + context.getFunctionVersion()
        + " "
        + context.getAwsRequestId()
        + " "
        + context.getLogStreamName();
  }

  /** Whose invocation it is, in a function with tenant isolation. */
  public Optional<String> tenantId() {
    return Optional.ofNullable(context.getTenantId()).filter(id -> !id.isEmpty());
  }

  public String requestId() {
    return String.valueOf(context.getAwsRequestId());
  }

  public String functionVersion() {
    return String.valueOf(context.getFunctionVersion());
  }

  /** For people and metrics, where a name that is missing must not be an error. */
  public String functionLabel() {
    String name = context.getFunctionName();
    return name == null || name.isEmpty() ? "unknown" : name;
  }

  public String functionName() {
    String name = context.getFunctionName();
    if (name == null || name.isEmpty()) {
      throw new IllegalStateException(
          "the context names no function to remember events for: set Guard.consumer");
    }
    return name;
  }
}
