package dev.holdfast.lambda.testkit;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** One event that an execution environment processes. */
record Invocation(
    String requestId, String event, Duration timeout, CompletableFuture<InvocationResult> result) {

  Invocation {
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("timeout must be above 0, got " + timeout);
    }
  }

  static Invocation of(String event, Duration timeout) {
    return new Invocation(
        UUID.randomUUID().toString(), event, timeout, new CompletableFuture<InvocationResult>());
  }
}
