package dev.holdfast.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.holdfast.lambda.internal.admission.Admission;
import dev.holdfast.lambda.internal.admission.HeldWork;
import dev.holdfast.lambda.internal.admission.WorkGuard;
import dev.holdfast.lambda.internal.json.JsonCodec;
import dev.holdfast.lambda.internal.json.JsonStreamHandler;
import dev.holdfast.lambda.internal.json.JsonTreeReader;
import dev.holdfast.lambda.internal.json.TypeArguments;
import dev.holdfast.lambda.internal.keys.IdPointers;
import dev.holdfast.lambda.internal.keys.IdSource;
import dev.holdfast.lambda.internal.keys.WorkKey;
import dev.holdfast.lock.AlreadyCompletedException;
import dev.holdfast.lock.Lease;
import dev.holdfast.lock.StoredResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Handles one event under a lock on its resource: for a plain invoke, and for triggers that have no
 * handler of their own. As thread-safe as the subclass.
 *
 * <p>Event and result may be classes of aws-lambda-java-events, records and other classes of yours,
 * {@code Map}, {@code List}, {@code String}, {@code Void}, or {@code byte[]} for the JSON as it is.
 *
 * @param <E> the event
 * @param <R> the result
 */
public abstract class LockedHandler<E extends @Nullable Object, R extends @Nullable Object>
    implements RequestStreamHandler {
  private final Guard guard;
  private final JsonStreamHandler<E, R> streamHandler;
  private final IdSource<E> idSource;
  private final JsonCodec<R> resultCodec;

  /**
   * Makes a handler.
   *
   * @param guard what holds the locks
   * @throws IllegalStateException if the class leaves open what its event or result is, or what
   *     must not be worked on at the same time, or an id is given twice
   */
  protected LockedHandler(Guard guard) {
    this.guard = Objects.requireNonNull(guard, "guard");
    TypeArguments types = TypeArguments.of(getClass(), LockedHandler.class);
    JsonCodec<E> eventCodec = types.codecAt(0);
    this.resultCodec = types.codecAt(1);
    this.streamHandler = new JsonStreamHandler<>(eventCodec::read, resultCodec::write);
    IdPointers idPointers = guard.idPointers();
    this.idSource = new IdSource<>(idPointers, this::resourceId, this::eventId);
  }

  /**
   * Says what must not be worked on at the same time as this event. Override it, or set {@code
   * HOLDFAST_RESOURCE_ID}.
   *
   * @param event the event
   * @return the resource's id, shared by everyone who uses the table
   */
  protected String resourceId(E event) {
    throw IdPointers.missingResourceId();
  }

  /**
   * Says by what an event is known again, for a guard that remembers events; by nothing unless
   * overridden or found by {@code HOLDFAST_EVENT_ID}.
   *
   * @param event the event
   * @return an id that each delivery of the event has
   */
  protected Optional<String> eventId(E event) {
    return Optional.empty();
  }

  /**
   * Handles one event while its lock is held.
   *
   * @param event the event
   * @param lease the lock under which this runs
   * @param context of the invocation
   * @return the result
   * @throws Exception if it failed; it comes out unchanged, and the event is not remembered
   */
  protected abstract R handle(E event, Lease lease, Context context) throws Exception;

  /**
   * Answers an event that was handled before. Unless overridden, the caller gets the result where
   * it was kept; without one, a handler that has no results succeeds and another throws what it is
   * given.
   *
   * @param event the event
   * @param duplicate what is remembered
   * @return the result
   * @throws Exception if this is a failure for the caller
   */
  @SuppressWarnings("NullAway") // null is the one value of a result that is Void
  protected R onDuplicate(E event, AlreadyCompletedException duplicate) throws Exception {
    if (resultCodec instanceof JsonCodec.VoidCodec) {
      return null;
    }
    Optional<StoredResult> storedResult = duplicate.completion().result();
    if (storedResult.isEmpty()) {
      throw duplicate;
    }
    return resultCodec.read(storedResult.get().bytes());
  }

  @Override
  public final void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    streamHandler.handle(input, output, (event, json) -> handleGuarded(event, json, context));
  }

  private R handleGuarded(E event, byte[] json, Context context) throws Exception {
    try (WorkGuard workGuard = guard.startInvocation(context)) {
      WorkKey workKey = idSource.workKey(event, () -> JsonTreeReader.read(json, "JSON"));
      Admission admission = workGuard.admitAndLog(workKey);
      return admission.<R, Exception>fold(
          entered -> entered.work().run(lease -> handle(event, lease, context), this::outcomeOf),
          duplicate -> onDuplicate(event, duplicate.toException()),
          rejected -> {
            throw rejected.toException();
          });
    }
  }

  private HeldWork.WorkOutcome outcomeOf(R result) {
    return guard.storesResults()
        ? new HeldWork.WorkOutcome.CompletedWithResult(
            new String(resultCodec.write(result), StandardCharsets.UTF_8))
        : new HeldWork.WorkOutcome.Completed();
  }
}
