package dev.holdfast.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.holdfast.lock.AlreadyDoneException;
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
  private static final JsonStreams<EventBridgeEvent, Answered> STREAMS =
      new JsonStreams<>(EventBridgeReader::read, answered -> JsonType.Nothing.json());

  /** All of them are success: EventBridge does not look at results. */
  private enum Answered {
    HANDLED,
    DUPLICATE,
    SKIPPED
  }

  private final Guard guard;

  /**
   * Makes a handler.
   *
   * @param guard what holds the locks
   */
  protected LockedEventBridgeHandler(Guard guard) {
    this.guard = Objects.requireNonNull(guard, "guard");
  }

  /**
   * Says what must not be worked on at the same time as this event.
   *
   * @param event the event
   * @return the resource's id, shared by everyone who uses the table
   */
  protected abstract String resourceId(EventBridgeEvent event);

  /**
   * Says by what an event is known again. Unless overridden: its id, or else the schedule's ARN and
   * the scheduled time. It belongs to the consumer: two functions on one bus both handle an event.
   *
   * @param event the event
   * @return an id that each delivery of the event has
   */
  protected Optional<String> eventId(EventBridgeEvent event) {
    return EventIdentity.of(event);
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
    STREAMS.exchange(input, output, event -> guarded(event, context));
  }

  private Answered guarded(EventBridgeEvent event, Context context) throws Exception {
    Subject subject = subject(event);
    Optional<HeldRows> entered;
    try {
      entered = entered(event, subject, context);
    } catch (AlreadyDoneException duplicate) {
      return Answered.DUPLICATE;
    }
    return entered.isPresent() ? handled(event, entered.get(), context) : Answered.SKIPPED;
  }

  private Subject subject(EventBridgeEvent event) {
    Optional<String> id = eventId(event);
    if (id.isEmpty() && guard.remembersEvents()) {
      throw EventIdentity.missing();
    }
    return Subject.resource(resourceId(event)).withEvent(id);
  }

  private Optional<HeldRows> entered(EventBridgeEvent event, Subject subject, Context context)
      throws InterruptedException {
    return event.isScheduled()
        ? guard.enterUnlessOverlapping(subject, context)
        : Optional.of(guard.enter(subject, context));
  }

  private Answered handled(EventBridgeEvent event, HeldRows rows, Context context)
      throws Exception {
    return rows.run(
        lease -> {
          handle(event, lease, context);
          return Answered.HANDLED;
        });
  }
}
