package dev.holdfast.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import java.time.Duration;

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

  String requestId() {
    return String.valueOf(context.getAwsRequestId());
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
