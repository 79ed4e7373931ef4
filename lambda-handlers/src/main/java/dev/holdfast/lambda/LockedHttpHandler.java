package dev.holdfast.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.holdfast.lambda.error.InvalidEventException;
import dev.holdfast.lambda.internal.admission.HeldWork;
import dev.holdfast.lambda.internal.admission.WorkGuard;
import dev.holdfast.lambda.internal.http.HealthCheck;
import dev.holdfast.lambda.internal.http.HttpEvent;
import dev.holdfast.lambda.internal.http.HttpIdSource;
import dev.holdfast.lambda.internal.http.HttpPayload;
import dev.holdfast.lambda.internal.http.HttpProblem;
import dev.holdfast.lambda.internal.http.IdempotencyKey;
import dev.holdfast.lambda.internal.http.StoredResponse;
import dev.holdfast.lambda.internal.json.JsonStreamHandler;
import dev.holdfast.lambda.internal.keys.IdPointers;
import dev.holdfast.lambda.internal.keys.IdSource;
import dev.holdfast.lambda.internal.keys.WorkKey;
import dev.holdfast.lambda.internal.records.WorklessEvents;
import dev.holdfast.lambda.model.HttpRequest;
import dev.holdfast.lambda.model.HttpResponse;
import dev.holdfast.lambda.model.LockMetric;
import dev.holdfast.lock.Completion;
import dev.holdfast.lock.Lease;
import dev.holdfast.lock.UnrecognizedRowException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Handler of HTTP requests of API Gateway (REST and HTTP APIs), function URLs and load balancers
 * under a lock on their resource, and once for each {@code Idempotency-Key} if the guard
 * deduplicates events. As thread-safe as the subclass.
 *
 * <p>The response is 409 with {@code Retry-After} for a busy resource, 503 if the lock table does
 * not answer, 422 for another request with a used key, and 400 for a missing key. Exceptions of the
 * work are rethrown unchanged.
 */
public abstract class LockedHttpHandler implements RequestStreamHandler {
  private static final JsonStreamHandler<HttpEvent, byte[]> STREAM_HANDLER =
      new JsonStreamHandler<>(HttpEvent::read, json -> json);
  private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS");
  private static final int NO_CONTENT = 204;

  private static final int OK = 200;

  private final Guard guard;
  private final HttpIdSource idSource;

  /**
   * Creates a handler.
   *
   * @param guard the guard that acquires the locks
   * @throws IllegalStateException if an event id pointer is set and the guard does not deduplicate
   */
  protected LockedHttpHandler(Guard guard) {
    this.guard = Objects.requireNonNull(guard, "guard");
    IdPointers idPointers = guard.idPointers();
    this.idSource =
        new HttpIdSource(
            new IdSource<>(idPointers, this::resourceId, this::idempotencyKey),
            this::principal,
            this::payload,
            this::isIdempotencyKeyRequired);
  }

  /**
   * Returns the resource that only one request at a time may use. Override this method, or set
   * {@code HOLDFAST_RESOURCE_ID}, for example to {@code /pathParameters/id} or {@code
   * /body/orderId}.
   *
   * @param request the request
   * @return the resource id, which all users of the table share
   */
  protected String resourceId(HttpRequest request) {
    throw IdPointers.missingResourceId();
  }

  /**
   * Returns the idempotency key of a request. The default is its {@code Idempotency-Key} header.
   * {@code HOLDFAST_EVENT_ID} replaces this method. A key is valid for one caller, method and
   * route.
   *
   * @param request the request
   * @return a key that the caller sends with each retry; empty if there is none
   */
  protected Optional<String> eventId(HttpRequest request) {
    return IdempotencyKey.fromHeader(request);
  }

  /**
   * Returns the caller that an idempotency key belongs to. The default is the principal of an API
   * Gateway authorizer or of the IAM authorization of a function URL: the subject of a token with
   * its issuer, the ARN of a user, or a {@code principalId}. Without a principal, requests with a
   * key fail until this method is overridden.
   *
   * @param request the request
   * @return the caller
   */
  protected Optional<String> principal(HttpRequest request) {
    return request.principal();
  }

  /**
   * Returns the payload that an idempotency key stands for. If a request is completed, another
   * request with the same key and another payload receives 422. The idempotency record has a hash
   * of the payload only. The default is the path, the query and the body. A JSON body counts in its
   * canonical form (RFC 8785), so that white space, the order of members and the notation of
   * numbers do not count. Any other body counts with its bytes.
   *
   * @param request the request
   * @return a value that can be written as JSON, such as a text, a list or a record; empty to
   *     compare nothing
   */
  protected Optional<Object> payload(HttpRequest request) {
    return Optional.of(HttpPayload.of(request));
  }

  /**
   * Returns whether a request without a key receives 400. This method applies only if the guard
   * deduplicates events. By default, all methods except GET, HEAD and OPTIONS, which change
   * nothing, require a key.
   *
   * @param request the request
   * @return whether the request requires a key
   */
  protected boolean isIdempotencyKeyRequired(HttpRequest request) {
    return !SAFE_METHODS.contains(request.method());
  }

  /**
   * Returns whether a request carries no work. The default accepts the health checks of load
   * balancers and of Route 53. Such a request is acknowledged with a log line, without a lock and
   * without a write. The response is 200.
   *
   * @param request the request
   * @return true if there is nothing to handle
   */
  protected boolean isIgnored(HttpRequest request) {
    return HealthCheck.isHealthCheck(request);
  }

  /**
   * Handles one request under its lock.
   *
   * @param request the request
   * @param lease the lease of the held lock
   * @param context the context of the invocation
   * @return the response; null is 204. A response with a status from 200 to 299 completes the
   *     event, and after any other response a retry runs again, unless {@link
   *     HttpResponse#completesEvent(boolean)} changes that
   * @throws Exception if the request fails; the exception is rethrown unchanged, and the event is
   *     not completed
   */
  protected abstract HttpResponse handle(HttpRequest request, Lease lease, Context context)
      throws Exception;

  @Override
  public final void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    STREAM_HANDLER
        .ignoring(WorklessEvents.pings(context), event -> false)
        .handle(input, output, (event, json) -> event.write(respond(event, context)));
  }

  private Optional<String> idempotencyKey(HttpRequest request) {
    if (!guard.isDeduplicating()) {
      return Optional.empty();
    }
    Optional<String> key = IdSource.requireOptional("eventId", eventId(request));
    if (key.isEmpty() && isIdempotencyKeyRequired(request)) {
      throw IdempotencyKey.missingKey();
    }
    return key;
  }

  private HttpResponse respond(HttpEvent event, Context context) throws Exception {
    try (WorkGuard workGuard = guard.startInvocation(context)) {
      WorkKey workKey;
      try {
        event.ensureReadableBody();
        if (isIgnored(event.request())) {
          workGuard.log().ignored(event.request().toString());
          return HttpResponse.of(OK);
        }
        workKey = idSource.workKey(event, workGuard);
      } catch (InvalidEventException e) {
        String reason = String.valueOf(e.getMessage());
        workGuard.log().notStarted(event.request().toString(), reason);
        return HttpProblem.badRequest(reason);
      } catch (RuntimeException | Error e) {
        workGuard.metrics().increment(LockMetric.FAILED);
        throw e;
      }
      return handleGuarded(event.request(), workKey, workGuard);
    }
  }

  /** Waits only if the guard has a maximum wait, because the caller of the API waits as well. */
  private HttpResponse handleGuarded(HttpRequest request, WorkKey workKey, WorkGuard workGuard)
      throws Exception {
    Duration maxWait = workGuard.config().timeBudget().maxWait().orElse(Duration.ZERO);
    Context context = workGuard.invocation().context();
    return workGuard
        .admitAndLog(workKey, maxWait)
        .<HttpResponse, Exception>fold(
            entered -> entered.work().run(lease -> handle(request, lease, context), this::finish),
            duplicate -> duplicateResponse(duplicate.completion()),
            rejected ->
                rejected.<HttpResponse, RuntimeException>fold(
                    busy ->
                        HttpProblem.busy(busy.holder(), workGuard.config().metricsOptions().now()),
                    payloadMismatch -> HttpProblem.payloadMismatch(),
                    noTime -> HttpProblem.unavailable(),
                    tableUnavailable -> {
                      if (tableUnavailable.error()
                          instanceof UnrecognizedRowException unrecognized) {
                        throw unrecognized;
                      }
                      return HttpProblem.unavailable();
                    }));
  }

  private static HttpResponse duplicateResponse(Completion completion) {
    return completion
        .result()
        .map(StoredResponse::replay)
        .orElseGet(() -> HttpProblem.alreadyCompleted(completion.expiresAt()));
  }

  /** Null, which code without null checks may return, is a response without content. */
  private HeldWork.Finished<HttpResponse> finish(@Nullable HttpResponse result) {
    HttpResponse response = result == null ? HttpResponse.of(NO_CONTENT) : result;
    boolean isStored = response.completesEvent() && guard.storesResults();
    return new HeldWork.Finished<>(
        response,
        response.completesEvent(),
        isStored ? Optional.of(StoredResponse.toResult(response)) : Optional.empty());
  }
}
