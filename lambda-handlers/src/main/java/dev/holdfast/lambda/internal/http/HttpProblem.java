package dev.holdfast.lambda.internal.http;

import dev.holdfast.lambda.internal.json.JsonString;
import dev.holdfast.lambda.model.HttpResponse;
import dev.holdfast.lock.Holder;
import java.time.Duration;
import java.time.Instant;

/**
 * The answers that the guard itself gives. They say what the caller can do and nothing of who holds
 * what, which is in the log.
 */
public final class HttpProblem {
  private static final int BAD_REQUEST = 400;
  private static final int CONFLICT = 409;
  private static final int UNPROCESSABLE = 422;
  private static final int UNAVAILABLE = 503;
  private static final Duration CLOCK_SKEW_MARGIN = Duration.ofSeconds(1);
  private static final long TABLE_RETRY_AFTER_SECONDS = 2;

  private HttpProblem() {}

  public static HttpResponse badRequest(String detail) {
    return problem(BAD_REQUEST, "the request cannot be guarded", detail);
  }

  /** Until the lease that was observed ends, and the clocks' difference longer. */
  public static HttpResponse busy(Holder holder, Instant now) {
    Duration retryAfter = Duration.between(now, holder.leaseExpiresAt()).plus(CLOCK_SKEW_MARGIN);
    long seconds = Math.max(1, retryAfter.plusMillis(999).toSeconds());
    return problem(CONFLICT, "busy", "another request is being worked on: try again later")
        .header("retry-after", Long.toString(seconds));
  }

  public static HttpResponse alreadyCompleted(Instant retainedUntil) {
    return problem(
        CONFLICT,
        "already done",
        "a request with this idempotency key was done before, and its response was not kept; the"
            + " key is remembered until "
            + retainedUntil);
  }

  public static HttpResponse payloadMismatch() {
    return problem(
        UNPROCESSABLE,
        "another request",
        "this idempotency key was used for another request: take a new key");
  }

  public static HttpResponse unavailable() {
    return problem(UNAVAILABLE, "unavailable", "nothing was done: try again later")
        .header("retry-after", Long.toString(TABLE_RETRY_AFTER_SECONDS));
  }

  private static HttpResponse problem(int status, String title, String detail) {
    String json =
        "{\"title\":"
            + JsonString.quote(title)
            + ",\"status\":"
            + status
            + ",\"detail\":"
            + JsonString.quote(detail)
            + "}";
    return HttpResponse.of(status).text(json).header("content-type", "application/problem+json");
  }
}
