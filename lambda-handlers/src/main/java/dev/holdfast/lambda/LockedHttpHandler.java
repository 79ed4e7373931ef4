package dev.holdfast.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.holdfast.lock.AlreadyDoneException;
import dev.holdfast.lock.Lease;
import dev.holdfast.lock.LockClockException;
import dev.holdfast.lock.LockTableException;
import dev.holdfast.lock.LockUnavailableException;
import dev.holdfast.lock.PayloadMismatchException;
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
  private static final JsonStreams<HttpEvent, byte[]> STREAMS =
      new JsonStreams<>(HttpEvent::read, json -> json);
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");
  private static final int SERVER_ERRORS = 500;

  private final Guard guard;
  private final HttpIds ids;

  /**
   * Makes a handler.
   *
   * @param guard what holds the locks
   * @throws IllegalStateException if the class does not say what must not be worked on at the same
   *     time, or that is given twice
   */
  protected LockedHttpHandler(Guard guard) {
    this.guard = Objects.requireNonNull(guard, "guard").ensureSequential(getClass());
    Pointers pointers = guard.pointersFor(getClass(), LockedHttpHandler.class);
    pointers.ensureResource(getClass(), LockedHttpHandler.class);
    this.ids =
        new HttpIds(new HandlerIds<>(pointers, this::resourceId, this::key), this::principal);
  }

  /**
   * Says what must not be worked on at the same time as this request. Override it, or set {@code
   * HOLDFAST_RESOURCE_ID}, for example to {@code /pathParameters/id} or {@code /body/orderId}.
   *
   * @param request the request
   * @return the resource's id, shared by everyone who uses the table
   */
  protected String resourceId(HttpRequest request) {
    throw Pointers.noDefault();
  }

  /**
   * Says by what a request is known again: by its {@code Idempotency-Key} header, unless overridden
   * or found by {@code HOLDFAST_EVENT_ID}. It counts for one caller, method and route.
   *
   * @param request the request
   * @return a key that the caller sends with each try; empty where there is none
   */
  protected Optional<String> eventId(HttpRequest request) {
    return IdempotencyKey.of(request);
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
  protected boolean isKeyRequired(HttpRequest request) {
    return !SAFE.contains(request.method());
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
    STREAMS.exchange(
        input,
        output,
        (event, json) -> event.written(guard.at(context, gate -> answered(event, gate))));
  }

  private Optional<String> key(HttpRequest request) {
    if (!guard.remembersEvents()) {
      return Optional.empty();
    }
    Optional<String> key = eventId(request);
    if (key.isEmpty() && isKeyRequired(request)) {
      throw IdempotencyKey.missing();
    }
    return key;
  }

  private HttpResponse answered(HttpEvent event, Gate gate) throws Exception {
    Subject subject;
    try {
      subject = ids.of(event, gate);
    } catch (InvalidEventException e) {
      String why = String.valueOf(e.getMessage());
      gate.log().notStarted(event.request().toString(), why);
      return HttpProblem.badRequest(why);
    }
    return guarded(event.request(), subject, gate);
  }

  /** A request waits only as long as it was told: its caller waits, too. */
  private HttpResponse guarded(HttpRequest request, Subject subject, Gate gate) throws Exception {
    HeldRows rows;
    try {
      Duration wait = gate.settings().time().waitMax().orElse(Duration.ZERO);
      rows = new Entrance(gate).enter(subject, wait);
    } catch (AlreadyDoneException e) {
      return duplicate(e);
    } catch (LockUnavailableException e) {
      return HttpProblem.busy(e.holder(), gate.settings().telemetry().now());
    } catch (PayloadMismatchException e) {
      return HttpProblem.otherPayload();
    } catch (LockTableException | LockClockException | TooLittleTimeException e) {
      return HttpProblem.unavailable();
    }
    Context context = gate.invocation().context();
    return rows.run(lease -> handle(request, lease, context), this::kept);
  }

  private static HttpResponse duplicate(AlreadyDoneException done) {
    return done.completion()
        .result()
        .map(KeptResponse::of)
        .orElseGet(() -> HttpProblem.alreadyDone(done.completion().until()));
  }

  private HeldRows.Keep kept(HttpResponse response) {
    if (response.status() >= SERVER_ERRORS) {
      return new HeldRows.Keep.Nothing();
    }
    return guard.keepsResults()
        ? new HeldRows.Keep.Result(KeptResponse.json(response))
        : new HeldRows.Keep.Done();
  }
}
