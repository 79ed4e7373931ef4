package dev.holdfast.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.holdfast.lambda.internal.admission.Admission;
import dev.holdfast.lambda.internal.admission.DecisionLog;
import dev.holdfast.lambda.internal.admission.HeldWork;
import dev.holdfast.lambda.internal.admission.WorkGuard;
import dev.holdfast.lambda.internal.json.JsonCodec;
import dev.holdfast.lambda.internal.json.JsonStreamHandler;
import dev.holdfast.lambda.internal.json.JsonTreeReader;
import dev.holdfast.lambda.internal.json.NoResult;
import dev.holdfast.lambda.internal.json.ResultBytes;
import dev.holdfast.lambda.internal.json.TypeArguments;
import dev.holdfast.lambda.internal.keys.IdPointers;
import dev.holdfast.lambda.internal.keys.IdSource;
import dev.holdfast.lambda.internal.keys.PayloadFingerprint;
import dev.holdfast.lambda.internal.keys.WorkKey;
import dev.holdfast.lambda.internal.records.WorklessEvents;
import dev.holdfast.lambda.internal.time.Invocation;
import dev.holdfast.lock.AlreadyCompletedException;
import dev.holdfast.lock.Lease;
import dev.holdfast.lock.PayloadMismatchException;
import dev.holdfast.lock.StoredResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Handler of one event under a lock on its resource, for direct invocations and for triggers
 * without a handler of their own. As thread-safe as the subclass.
 *
 * <p>The event and the result may be classes of aws-lambda-java-events, records and other classes
 * of yours, {@code Map}, {@code List}, {@code String}, {@code Void}, or {@code byte[]} for raw
 * JSON.
 *
 * @param <E> the type of the event
 * @param <R> the type of the result
 */
public abstract class LockedHandler<E extends @Nullable Object, R extends @Nullable Object>
    implements RequestStreamHandler {
  private final Guard guard;
  private final JsonStreamHandler<E, byte[]> streamHandler;
  private final IdSource<E> idSource;
  private final JsonCodec<R> resultCodec;

  /**
   * Creates a handler.
   *
   * @param guard the guard that acquires the locks
   * @throws IllegalStateException if the class does not fix the types of its event and result, or
   *     an event id pointer is set and the guard does not deduplicate
   */
  protected LockedHandler(Guard guard) {
    this.guard = Objects.requireNonNull(guard, "guard");
    TypeArguments types = TypeArguments.of(getClass(), LockedHandler.class);
    JsonCodec<E> eventCodec = types.codecAt(0);
    this.resultCodec = types.codecAt(1);
    this.streamHandler = new JsonStreamHandler<>(eventCodec::read, answer -> answer);
    IdPointers idPointers = guard.idPointers();
    this.idSource = new IdSource<>(idPointers, this::resourceId, this::eventId);
  }

  /**
   * Returns the resource that only one event at a time may use. Override this method, or set {@code
   * HOLDFAST_RESOURCE_ID}.
   *
   * @param event the event
   * @return the resource id, which all users of the table share
   */
  protected String resourceId(E event) {
    throw IdPointers.missingResourceId();
  }

  /**
   * Returns the id of an event, for a guard that deduplicates events. The default is empty. {@code
   * HOLDFAST_EVENT_ID} replaces this method.
   *
   * @param event the event
   * @return an id that is the same for each delivery of the event
   */
  protected Optional<String> eventId(E event) {
    return Optional.empty();
  }

  /**
   * Returns the payload that an event id stands for. If an event is completed, another event with
   * the same id and another payload receives a {@link PayloadMismatchException}. The idempotency
   * record has a hash of the payload only. By default, the payload is the whole event if the guard
   * stores results, and nothing is compared if it does not.
   *
   * @param event the event
   * @return the event itself, which is compared by its JSON as received; another value that can be
   *     written as JSON, such as one field, a list or a record; or empty to compare nothing. White
   *     space, the order of members and the notation of numbers do not count.
   */
  protected Optional<Object> payload(E event) {
    return guard.storesResults() ? Optional.ofNullable(event) : Optional.empty();
  }

  /**
   * Returns whether an event carries no work. The default accepts none. Such an event is
   * acknowledged with a log line, without a lock and without a write. The caller receives null.
   *
   * @param event the event
   * @return true if there is nothing to handle
   */
  protected boolean isIgnored(E event) {
    return false;
  }

  /**
   * Handles one event under its lock.
   *
   * @param event the event
   * @param lease the lease of the held lock
   * @param context the context of the invocation
   * @return the result
   * @throws Exception if the work fails; the exception is rethrown unchanged, and the event is not
   *     completed
   */
  protected abstract R handle(E event, Lease lease, Context context) throws Exception;

  /**
   * Returns another answer to an event that is already completed. By default, there is none: the
   * caller receives the stored result, byte for byte as the first answer. Without a stored result,
   * a handler with a {@code Void} result succeeds, and any other handler throws the given
   * exception.
   *
   * @param event the event
   * @param duplicate the exception with the idempotency record
   * @return a result for the caller; empty for the default answer
   * @throws Exception if the caller must receive an error
   */
  protected Optional<R> onDuplicate(E event, AlreadyCompletedException duplicate) throws Exception {
    return Optional.empty();
  }

  @Override
  public final void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    streamHandler
        .ignoring(WorklessEvents.warmUps(context), event -> acknowledges(event, context))
        .handle(input, output, (event, json) -> handleGuarded(event, json, context));
  }

  private boolean acknowledges(E event, Context context) {
    boolean ignored = isIgnored(event);
    if (ignored) {
      new DecisionLog(new Invocation(context)).ignored("event");
    }
    return ignored;
  }

  private byte[] handleGuarded(E event, byte[] json, Context context) throws Exception {
    try (WorkGuard workGuard = guard.startInvocation(context)) {
      WorkKey workKey = workGuard.readIds(() -> workKey(event, json));
      Admission admission = workGuard.admitAndLog(workKey);
      return admission.<byte[], Exception>fold(
          entered -> entered.work().run(lease -> handle(event, lease, context), this::finish),
          duplicate -> duplicateAnswer(event, duplicate.toException()),
          rejected -> {
            throw rejected.toException();
          });
    }
  }

  private WorkKey workKey(E event, byte[] json) {
    WorkKey workKey = idSource.workKey(event, () -> JsonTreeReader.read(json, "JSON"));
    if (workKey.event().isEmpty() || !guard.isDeduplicating()) {
      return workKey;
    }
    return IdSource.requireOptional("payload", payload(event))
        .map(payload -> PayloadFingerprint.of(payload == event ? json : payload))
        .map(workKey::withPayload)
        .orElse(workKey);
  }

  /** Writes a result once: the same bytes are the answer and the stored result. */
  private HeldWork.Finished<byte[]> finish(R result) {
    byte[] json = resultCodec.write(result);
    return new HeldWork.Finished<>(
        json,
        true,
        guard.storesResults() ? Optional.of(ResultBytes.toStoredResult(json)) : Optional.empty());
  }

  private byte[] duplicateAnswer(E event, AlreadyCompletedException duplicate) throws Exception {
    Optional<R> answer = IdSource.requireOptional("onDuplicate", onDuplicate(event, duplicate));
    if (answer.isPresent()) {
      return resultCodec.write(answer.get());
    }
    Optional<StoredResult> storedResult = duplicate.completion().result();
    if (storedResult.isPresent()) {
      return storedResult.get().bytes();
    }
    if (resultCodec instanceof JsonCodec.VoidCodec) {
      return NoResult.toJson(NoResult.NONE);
    }
    throw duplicate;
  }
}
