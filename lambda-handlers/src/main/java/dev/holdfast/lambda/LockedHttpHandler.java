package dev.holdfast.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.holdfast.lambda.error.InvalidEventException;
import dev.holdfast.lambda.internal.admission.HeldWork;
import dev.holdfast.lambda.internal.admission.WorkGuard;
import dev.holdfast.lambda.internal.http.HttpEvent;
import dev.holdfast.lambda.internal.http.HttpIdSource;
import dev.holdfast.lambda.internal.http.HttpProblem;
import dev.holdfast.lambda.internal.http.IdempotencyKey;
import dev.holdfast.lambda.internal.http.StoredResponse;
import dev.holdfast.lambda.internal.json.JsonStreamHandler;
import dev.holdfast.lambda.internal.keys.IdPointers;
import dev.holdfast.lambda.internal.keys.IdSource;
import dev.holdfast.lambda.internal.keys.WorkKey;
import dev.holdfast.lambda.model.HttpRequest;
import dev.holdfast.lambda.model.HttpResponse;
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

/**
 * Handles HTTP requests of API Gateway (REST and HTTP APIs), function URLs and load balancers under
 * a lock on their resource, and once for each {@code Idempotency-Key} where the guard remembers
 * events. As thread-safe as the subclass.
 *
 * <p>A busy resource is 409 with a {@code Retry-After}; a lock table that does not answer is 503;
 * another request under a key that was used is 422; a key that is missing is 400. What the work
 * throws comes out unchanged.
 */
public abstract class LockedHttpHandler implements RequestStreamHandler {
  private static final JsonStreamHandler<HttpEvent, byte[]> STREAM_HANDLER =
      new JsonStreamHandler<>(HttpEvent::read, json -> json);
  private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS");
  private static final int FIRST_SERVER_ERROR = 500;

  private final Guard guard;
  private final HttpIdSource idSource;

  /**
   * Makes a handler.
   *
   * @param guard what holds the locks
   * @throws IllegalStateException if the class does not say what must not be worked on at the same
   *     time, or that is given twice
   */
  protected LockedHttpHandler(Guard guard) {
    this.guard = Objects.requireNonNull(guard, "guard");
    IdPointers idPointers = guard.idPointers();
    this.idSource =
        new HttpIdSource(
            new IdSource<>(idPointers, this::resourceId, this::idempotencyKey), this::principal);
  }

  /**
   * Says what must not be worked on at the same time as this request. Override it, or set {@code
   * HOLDFAST_RESOURCE_ID}, for example to {@code /pathParameters/id} or {@code /body/orderId}.
   *
   * @param request the request
   * @return the resource's id, shared by everyone who uses the table
   */
  protected String resourceId(HttpRequest request) {
    throw IdPointers.missingResourceId();
  }

  /**
   * Says by what a request is known again: by its {@code Idempotency-Key} header, unless overridden
   * or found by {@code HOLDFAST_EVENT_ID}. It counts for one caller, method and route.
   *
   * @param request the request
   * @return a key that the caller sends with each try; empty where there is none
   */
  protected Optional<String> eventId(HttpRequest request) {
    return IdempotencyKey.fromHeader(request);
  }

  /**
   * Says whose key it is. Unless overridden, it is whom an authorizer of API Gateway or the IAM of
   * a function URL found: the subject of a token with its issuer, a user's ARN, a {@code
   * principalId}. Where there is none of them, requests with a key fail until this is overridden.
   *
   * @param request the request
   * @return who the caller is
   */
  protected Optional<String> principal(HttpRequest request) {
    return request.principal();
  }

  /**
   * Says whether a request without a key is refused by 400. Unless overridden, it is where the
   * guard remembers events, but for GET, HEAD and OPTIONS, which change nothing.
   *
   * @param request the request
   * @return whether it needs one
   */
  protected boolean isIdempotencyKeyRequired(HttpRequest request) {
    return !SAFE_METHODS.contains(request.method());
  }

  /**
   * Handles one request while its lock is held.
   *
   * @param request the request
   * @param lease the lock under which this runs
   * @param context of the invocation
   * @return the response; from 500 on, the request is not remembered, and the next try is worked on
   * @throws Exception if it failed; it comes out unchanged, and the request is not remembered
   */
  protected abstract HttpResponse handle(HttpRequest request, Lease lease, Context context)
      throws Exception;

  @Override
  public final void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    STREAM_HANDLER.handle(input, output, (event, json) -> event.write(respond(event, context)));
  }

  private Optional<String> idempotencyKey(HttpRequest request) {
    if (!guard.isDeduplicating()) {
      return Optional.empty();
    }
    Optional<String> key = eventId(request);
    if (key.isEmpty() && isIdempotencyKeyRequired(request)) {
      throw IdempotencyKey.missingKey();
    }
    return key;
  }

  private HttpResponse respond(HttpEvent event, Context context) throws Exception {
    try (WorkGuard workGuard = guard.startInvocation(context)) {
      WorkKey workKey;
      try {
        workKey = idSource.workKey(event, workGuard);
      } catch (InvalidEventException e) {
        String reason = String.valueOf(e.getMessage());
        workGuard.log().notStarted(event.request().toString(), reason);
        return HttpProblem.badRequest(reason);
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
            entered ->
                entered.work().run(lease -> handle(request, lease, context), this::outcomeOf),
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
        .map(StoredResponse::fromResult)
        .orElseGet(() -> HttpProblem.alreadyCompleted(completion.expiresAt()));
  }

  private HeldWork.WorkOutcome outcomeOf(HttpResponse response) {
    if (response.status() >= FIRST_SERVER_ERROR) {
      return new HeldWork.WorkOutcome.NotCompleted();
    }
    return guard.storesResults()
        ? new HeldWork.WorkOutcome.CompletedWithResult(StoredResponse.toJson(response))
        : new HeldWork.WorkOutcome.Completed();
  }
}
