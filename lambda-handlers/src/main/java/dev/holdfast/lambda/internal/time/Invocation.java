package dev.holdfast.lambda.internal.time;

import com.amazonaws.services.lambda.runtime.Context;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Invocation of a Lambda function.
 *
 * @param context the context that Lambda passes
 */
public record Invocation(Context context) {

  /** Refuses an invocation without a context, from which all deadlines are derived. */
  public Invocation {
    Objects.requireNonNull(context, "context");
  }

  /** Returns the time until the deadline; zero after it. */
  public Duration remainingTime() {
    return Duration.ofMillis(Math.max(0, context.getRemainingTimeInMillis()));
  }

  /** Returns the holder for lock rows: function, version, request id and log stream. */
  public String holder() {
    return context.getFunctionName()
        + ":"
        + context.getFunctionVersion()
        + " "
        + context.getAwsRequestId()
        + " "
        + context.getLogStreamName();
  }

  /** Returns the tenant id of a function with tenant isolation. */
  public Optional<String> tenantId() {
    return Optional.ofNullable(context.getTenantId()).filter(id -> !id.isEmpty());
  }

  public String requestId() {
    return String.valueOf(context.getAwsRequestId());
  }

  public String functionVersion() {
    return String.valueOf(context.getFunctionVersion());
  }

  /** Returns the function name for metrics; {@code unknown} if the context has none. */
  public String functionLabel() {
    String name = context.getFunctionName();
    return name == null || name.isEmpty() ? "unknown" : name;
  }

  public String functionName() {
    String name = context.getFunctionName();
    if (name == null || name.isEmpty()) {
      throw new IllegalStateException(
          "context has no function name to deduplicate events for: set Guard.consumer");
    }
    return name;
  }
}
