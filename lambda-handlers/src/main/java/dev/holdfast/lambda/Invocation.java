package dev.holdfast.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import java.time.Duration;
import java.util.Optional;

/**
 * What the guard asks of an invocation's context.
 *
 * @param context as Lambda passes it
 */
record Invocation(Context context) {

  Duration remaining() {
    return Duration.ofMillis(Math.max(0, context.getRemainingTimeInMillis()));
  }

  /** For the row and its readers: who holds it, and where to find its log. */
  String holder() {
    return context.getFunctionName()
        + ":"
        + context.getFunctionVersion()
        + " "
        + context.getAwsRequestId()
        + " "
        + context.getLogStreamName();
  }

  /** Whose invocation it is, in a function with tenant isolation. */
  Optional<String> tenant() {
    return Optional.ofNullable(context.getTenantId()).filter(id -> !id.isEmpty());
  }

  String requestId() {
    return String.valueOf(context.getAwsRequestId());
  }

  String version() {
    return String.valueOf(context.getFunctionVersion());
  }

  /** For people and metrics, where a name that is missing must not be an error. */
  String functionLabel() {
    String name = context.getFunctionName();
    return name == null || name.isEmpty() ? "unknown" : name;
  }

  String functionName() {
    String name = context.getFunctionName();
    if (name == null || name.isEmpty()) {
      throw new IllegalStateException(
          "the context names no function to remember events for: set Guard.consumer");
    }
    return name;
  }
}
