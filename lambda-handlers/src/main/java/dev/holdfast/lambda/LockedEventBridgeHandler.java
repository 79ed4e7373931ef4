package dev.holdfast.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.holdfast.lock.Lease;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;
import java.util.Optional;

/**
 * Handles events of EventBridge rules, schedule rules and EventBridge Scheduler under a lock on
 * their resource, and once where the guard remembers events. As thread-safe as the subclass.
 *
 * <p>A busy resource is waited for while the work still fits; then the invocation fails and Lambda
 * tries again, so the function needs a failure destination or a dead-letter queue. A schedule's run
 * is skipped, with success, where the resource is held for another event.
 */
public abstract class LockedEventBridgeHandler implements RequestStreamHandler {
  private static final JsonStreams<EventBridgeEvent, NoResult> STREAMS =
      new JsonStreams<>(EventBridgeReader::read, NoResult::json);

  private final Guard guard;
  private final HandlerIds<EventBridgeEvent> ids;

  /**
   * Makes a handler.
   *
   * @param guard what holds the locks
   * @throws IllegalStateException if an id is given twice, by a method and by the environment
   */
  protected LockedEventBridgeHandler(Guard guard) {
    this.guard =
        Objects.requireNonNull(guard, "guard")
            .ensureKeepingNoResults(getClass())
            .ensureSequential(getClass());
    Pointers pointers = guard.pointersFor(getClass(), LockedEventBridgeHandler.class);
    this.ids = new HandlerIds<>(pointers, this::resourceId, this::identity);
  }

  /**
   * Says what must not be worked on at the same time as this event. Unless overridden or found by
   * {@code HOLDFAST_RESOURCE_ID}, it is the ARN of the schedule, and any other event fails.
   *
   * @param event the event
   * @return the resource's id, shared by everyone who uses the table
   */
  protected String resourceId(EventBridgeEvent event) {
    return EventIdentity.resource(event);
  }

  /**
   * Says by what an event is known again. Unless overridden or found by {@code HOLDFAST_EVENT_ID},
   * it is the id of the event, and of a schedule its ARN and the scheduled time. It belongs to the
   * consumer: two functions on one bus both handle an event.
   *
   * @param event the event
   * @return an id that each delivery of the event has
   */
  protected Optional<String> eventId(EventBridgeEvent event) {
    return EventIdentity.of(event);
  }

  private Optional<String> identity(EventBridgeEvent event) {
    Optional<String> id = eventId(event);
    if (id.isEmpty() && guard.remembersEvents()) {
      throw EventIdentity.missing();
    }
    return id;
  }

  /**
   * Handles one event while its lock is held.
   *
   * @param event the event
   * @param lease the lock under which this runs
   * @param context of the invocation
   * @throws Exception if it failed; it comes out unchanged, and the event is not remembered
   */
  protected abstract void handle(EventBridgeEvent event, Lease lease, Context context)
      throws Exception;

  @Override
  public final void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    STREAMS.exchange(input, output, (event, json) -> guarded(event, json, context));
  }

  /** Handled, a duplicate or skipped: all are success, and EventBridge looks at no result. */
  private NoResult guarded(EventBridgeEvent event, byte[] json, Context context) throws Exception {
    return guard.at(
        context,
        gate -> {
          Subject subject = ids.of(event, () -> JsonTree.read(json, "an EventBridge event"));
          Optional<HeldRows> rows = entered(event, subject, new Entrance(gate));
          return rows.isPresent() ? handled(event, rows.get(), context) : NoResult.NONE;
        });
  }

  private static Optional<HeldRows> entered(
      EventBridgeEvent event, Subject subject, Entrance entrance) throws InterruptedException {
    return event.isScheduled()
        ? entrance.enterUnlessOverlapping(subject)
        : entrance.enterOnce(subject);
  }

  private NoResult handled(EventBridgeEvent event, HeldRows rows, Context context)
      throws Exception {
    return rows.run(
        lease -> {
          handle(event, lease, context);
          return NoResult.NONE;
        });
  }
}
