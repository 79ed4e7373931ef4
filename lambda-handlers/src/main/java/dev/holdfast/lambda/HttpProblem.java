package dev.holdfast.lambda;

import dev.holdfast.lock.Holder;
import java.time.Duration;
import java.time.Instant;

/**
 * The answers that the guard itself gives. They say what the caller can do and nothing of who holds
 * what, which is in the log.
 */
final class HttpProblem {
  private static final int BAD_REQUEST = 400;
  private static final int CONFLICT = 409;
  private static final int UNPROCESSABLE = 422;
  private static final int UNAVAILABLE = 503;
  private static final Duration SKEW = Duration.ofSeconds(1);
  private static final long TABLE_RETRY_SECONDS = 2;

  private HttpProblem() {}

  static HttpResponse badRequest(String detail) {
    return of(BAD_REQUEST, "the request cannot be guarded", detail);
  }

  /** Until the lease that was observed ends, and the clocks' difference longer. */
  static HttpResponse busy(Holder holder, Instant now) {
    Duration left = Duration.between(now, holder.leaseEnd()).plus(SKEW);
    long seconds = Math.max(1, left.plusMillis(999).toSeconds());
    return of(CONFLICT, "busy", "another request is being worked on: try again later")
        .header("retry-after", Long.toString(seconds));
  }

  static HttpResponse alreadyDone(Instant until) {
    return of(
        CONFLICT,
        "already done",
        "a request with this idempotency key was done before, and its response was not kept; the"
            + " key is remembered until "
            + until);
  }

  static HttpResponse otherPayload() {
    return of(
        UNPROCESSABLE,
        "another request",
        "this idempotency key was used for another request: take a new key");
  }

  static HttpResponse unavailable() {
    return of(UNAVAILABLE, "unavailable", "nothing was done: try again later")
        .header("retry-after", Long.toString(TABLE_RETRY_SECONDS));
  }

  private static HttpResponse of(int status, String title, String detail) {
    String json =
        "{\"title\":"
            + JsonString.of(title)
            + ",\"status\":"
            + status
            + ",\"detail\":"
            + JsonString.of(detail)
            + "}";
    return HttpResponse.of(status).text(json).header("content-type", "application/problem+json");
  }
}
