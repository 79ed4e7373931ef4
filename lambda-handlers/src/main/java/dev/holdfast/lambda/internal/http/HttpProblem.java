package dev.holdfast.lambda.internal.http;

import dev.holdfast.lambda.internal.json.JsonString;
import dev.holdfast.lambda.model.HttpResponse;
import dev.holdfast.lock.Holder;
import java.time.Duration;
import java.time.Instant;

/**
 * Factory of the guard's own responses, in the format of RFC 9457. They tell the caller what to do.
 * The holder of a lock is in the log only.
 */
public final class HttpProblem {
  private static final int BAD_REQUEST = 400;
  private static final int CONFLICT = 409;
  private static final int UNPROCESSABLE = 422;
  private static final int UNAVAILABLE = 503;
  private static final Duration CLOCK_SKEW_MARGIN = Duration.ofSeconds(1);
  private static final Duration MIN_RETRY_AFTER = Duration.ofSeconds(1);

  /**
   * Longest Retry-After. A lease lasts until the deadline of an invocation, and work rarely does;
   * an API itself answers within 29 or 30 s.
   */
  private static final Duration MAX_RETRY_AFTER = Duration.ofSeconds(30);

  private static final long TABLE_RETRY_AFTER_SECONDS = 2;

  private HttpProblem() {}

  /** Returns the response to a request without valid ids. */
  public static HttpResponse badRequest(String detail) {
    return problem(BAD_REQUEST, "invalid request", detail);
  }

  /**
   * Returns the response to a busy resource. Retry-After is the lease end plus a clock margin, from
   * 1 s to 30 s.
   */
  public static HttpResponse busy(Holder holder, Instant now) {
    Duration untilFree = Duration.between(now, holder.leaseExpiresAt()).plus(CLOCK_SKEW_MARGIN);
    Duration bounded = untilFree.compareTo(MAX_RETRY_AFTER) > 0 ? MAX_RETRY_AFTER : untilFree;
    Duration retryAfter = bounded.compareTo(MIN_RETRY_AFTER) < 0 ? MIN_RETRY_AFTER : bounded;
    return problem(CONFLICT, "busy", "another request holds the resource: try again later")
        .header("retry-after", Long.toString(retryAfter.plusMillis(999).toSeconds()));
  }

  /** Returns the response to a duplicate whose response is not stored. */
  public static HttpResponse alreadyCompleted(Instant retainedUntil) {
    return problem(
        CONFLICT,
        "already completed",
        "a request with this idempotency key is already completed and its response is not stored;"
            + " the key is retained until "
            + retainedUntil);
  }

  /** Returns the response to a key that was used with another payload. */
  public static HttpResponse payloadMismatch() {
    return problem(
        UNPROCESSABLE,
        "payload mismatch",
        "this idempotency key belongs to a request with another payload: use a new key");
  }

  /** Returns the response if the work cannot be started now. */
  public static HttpResponse unavailable() {
    return problem(UNAVAILABLE, "unavailable", "the request was not started: try again later")
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
