package dev.holdfast.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.holdfast.lock.AlreadyDoneException;
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
  private final JsonStreams<E, R> streams;
  private final HandlerIds<E> ids;
  private final JsonType<R> result;

  /**
   * Makes a handler.
   *
   * @param guard what holds the locks
   * @throws IllegalStateException if the class leaves open what its event or result is, or what
   *     must not be worked on at the same time, or an id is given twice
   */
  protected LockedHandler(Guard guard) {
    this.guard = Objects.requireNonNull(guard, "guard").ensureSequential(getClass());
    TypeArguments types = TypeArguments.of(getClass(), LockedHandler.class);
    JsonType<E> event = types.at(0);
    this.result = types.at(1);
    this.streams = new JsonStreams<>(event::read, result::write);
    Pointers pointers = guard.pointersFor(getClass(), LockedHandler.class);
    pointers.ensureResource(getClass(), LockedHandler.class);
    this.ids = new HandlerIds<>(pointers, this::resourceId, this::eventId);
  }

  /**
   * Says what must not be worked on at the same time as this event. Override it, or set {@code
   * HOLDFAST_RESOURCE_ID}.
   *
   * @param event the event
   * @return the resource's id, shared by everyone who uses the table
   */
  protected String resourceId(E event) {
    throw Pointers.noDefault();
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
  protected R alreadyDone(E event, AlreadyDoneException duplicate) throws Exception {
    if (result instanceof JsonType.Nothing) {
      return null;
    }
    Optional<StoredResult> kept = duplicate.completion().result();
    if (kept.isEmpty()) {
      throw duplicate;
    }
    return result.read(kept.get().bytes());
  }

  @Override
  public final void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    streams.exchange(input, output, (event, json) -> guarded(event, json, context));
  }

  private R guarded(E event, byte[] json, Context context) throws Exception {
    return guard.at(
        context, gate -> worked(event, ids.of(event, () -> JsonTree.read(json, "JSON")), gate));
  }

  private R worked(E event, Subject subject, Gate gate) throws Exception {
    HeldRows rows;
    try {
      rows = new Entrance(gate).enter(subject);
    } catch (AlreadyDoneException duplicate) {
      return alreadyDone(event, duplicate);
    }
    Context context = gate.invocation().context();
    return rows.run(lease -> handle(event, lease, context), this::kept);
  }

  private HeldRows.Keep kept(R value) {
    return guard.keepsResults()
        ? new HeldRows.Keep.Result(new String(result.write(value), StandardCharsets.UTF_8))
        : new HeldRows.Keep.Done();
  }
}
