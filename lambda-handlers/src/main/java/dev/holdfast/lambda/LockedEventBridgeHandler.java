package dev.holdfast.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.holdfast.lambda.internal.admission.Admission;
import dev.holdfast.lambda.internal.admission.HeldWork;
import dev.holdfast.lambda.internal.admission.WorkGuard;
import dev.holdfast.lambda.internal.eventbridge.EventBridgeEventReader;
import dev.holdfast.lambda.internal.eventbridge.EventBridgeIds;
import dev.holdfast.lambda.internal.json.JsonStreamHandler;
import dev.holdfast.lambda.internal.json.JsonTreeReader;
import dev.holdfast.lambda.internal.json.NoResult;
import dev.holdfast.lambda.internal.keys.IdPointers;
import dev.holdfast.lambda.internal.keys.IdSource;
import dev.holdfast.lambda.internal.keys.WorkKey;
import dev.holdfast.lambda.model.EventBridgeEvent;
import dev.holdfast.lock.Lease;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
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
  private static final JsonStreamHandler<EventBridgeEvent, NoResult> STREAM_HANDLER =
      new JsonStreamHandler<>(EventBridgeEventReader::read, NoResult::toJson);

  private final Guard guard;
  private final IdSource<EventBridgeEvent> idSource;

  /**
   * Makes a handler.
   *
   * @param guard what holds the locks
   * @throws IllegalStateException if an id is given twice, by a method and by the environment
   */
  protected LockedEventBridgeHandler(Guard guard) {
    this.guard = Objects.requireNonNull(guard, "guard").ensureNoStoredResults(getClass());
    IdPointers idPointers = guard.idPointers();
    this.idSource = new IdSource<>(idPointers, this::resourceId, this::requireEventId);
  }

  /**
   * Says what must not be worked on at the same time as this event. Unless overridden or found by
   * {@code HOLDFAST_RESOURCE_ID}, it is the ARN of the schedule, and any other event fails.
   *
   * @param event the event
   * @return the resource's id, shared by everyone who uses the table
   */
  protected String resourceId(EventBridgeEvent event) {
    return EventBridgeIds.resourceId(event);
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
    return EventBridgeIds.eventId(event);
  }

  private Optional<String> requireEventId(EventBridgeEvent event) {
    Optional<String> id = eventId(event);
    if (id.isEmpty() && guard.isDeduplicating()) {
      throw EventBridgeIds.missingEventId();
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
    STREAM_HANDLER.handle(input, output, (event, json) -> handleGuarded(event, json, context));
  }

  /** Handled events, duplicates and skipped runs are all successes without a result. */
  private NoResult handleGuarded(EventBridgeEvent event, byte[] json, Context context)
      throws Exception {
    try (WorkGuard workGuard = guard.startInvocation(context)) {
      WorkKey workKey =
          idSource.workKey(event, () -> JsonTreeReader.read(json, "an EventBridge event"));
      Optional<Admission> admission =
          event.isScheduled()
              ? admitUnlessOverlapping(workKey, workGuard)
              : Optional.of(workGuard.admitAndLog(workKey));
      return admission.isEmpty()
          ? NoResult.NONE
          : admission
              .get()
              .<NoResult, Exception>fold(
                  entered -> runHandler(event, entered.work(), context),
                  duplicate -> NoResult.NONE,
                  rejected -> {
                    throw rejected.toException();
                  });
    }
  }

  /**
   * Returns nothing if the resource is held for another event. A holder with the same event is an
   * earlier delivery that may have crashed, so this method waits for it.
   */
  private static Optional<Admission> admitUnlessOverlapping(WorkKey workKey, WorkGuard workGuard)
      throws InterruptedException {
    Admission firstAttempt = workGuard.admit(workKey, Duration.ZERO);
    if (!(firstAttempt instanceof Admission.Busy busy)) {
      return Optional.of(workGuard.logged(workKey, firstAttempt));
    }
    if (workKey.isDifferentEvent(busy.holder().event())) {
      workGuard.log().skipped(workKey, busy.holder());
      return Optional.empty();
    }
    return Optional.of(workGuard.admitAndLog(workKey));
  }

  private NoResult runHandler(EventBridgeEvent event, HeldWork heldWork, Context context)
      throws Exception {
    return heldWork.run(
        lease -> {
          handle(event, lease, context);
          return NoResult.NONE;
        });
  }
}
