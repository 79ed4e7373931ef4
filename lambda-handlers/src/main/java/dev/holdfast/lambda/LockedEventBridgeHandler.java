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
import dev.holdfast.lambda.internal.records.WorklessEvents;
import dev.holdfast.lambda.model.EventBridgeEvent;
import dev.holdfast.lock.Lease;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Handler of events of EventBridge rules, schedule rules and EventBridge Scheduler under a lock on
 * their resource, and once if the guard deduplicates events. As thread-safe as the subclass.
 *
 * <p>A handler waits for a busy resource while enough time for the work remains. Then the
 * invocation fails and Lambda retries it, so the function needs a failure destination or a
 * dead-letter queue. A run of a schedule is skipped successfully if the resource is held for
 * another event.
 */
public abstract class LockedEventBridgeHandler implements RequestStreamHandler {
  private static final JsonStreamHandler<EventBridgeEvent, NoResult> STREAM_HANDLER =
      new JsonStreamHandler<>(EventBridgeEventReader::read, NoResult::toJson);

  private final Guard guard;
  private final IdSource<EventBridgeEvent> idSource;

  /**
   * Creates a handler.
   *
   * @param guard the guard that acquires the locks
   * @throws IllegalStateException if the guard stores results, or an event id pointer is set and
   *     the guard does not deduplicate
   */
  protected LockedEventBridgeHandler(Guard guard) {
    this.guard = Objects.requireNonNull(guard, "guard").ensureNoStoredResults(getClass());
    IdPointers idPointers = guard.idPointers();
    this.idSource = new IdSource<>(idPointers, this::resourceId, this::requireEventId);
  }

  /**
   * Returns the resource that only one event at a time may use. The default is the ARN of the
   * schedule; without it, any other event fails. {@code HOLDFAST_RESOURCE_ID} replaces this method.
   *
   * @param event the event
   * @return the resource id, which all users of the table share
   */
  protected String resourceId(EventBridgeEvent event) {
    return EventBridgeIds.resourceId(event);
  }

  /**
   * Returns the id of an event. The default is the id of the event, and for a schedule its ARN with
   * the scheduled time. {@code HOLDFAST_EVENT_ID} replaces this method. The id belongs to the
   * consumer: two functions on one bus both process an event.
   *
   * @param event the event
   * @return an id that is the same for each delivery of the event
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
   * Returns whether an event carries no work. The default accepts none. Such an event is
   * acknowledged with a log line, without a lock and without a write.
   *
   * @param event the event
   * @return true if there is nothing to handle
   */
  protected boolean isIgnored(EventBridgeEvent event) {
    return false;
  }

  /**
   * Handles one event under its lock.
   *
   * @param event the event
   * @param lease the lease of the held lock
   * @param context the context of the invocation
   * @throws Exception if the event fails; the exception is rethrown unchanged, and the event is not
   *     completed
   */
  protected abstract void handle(EventBridgeEvent event, Lease lease, Context context)
      throws Exception;

  @Override
  public final void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    STREAM_HANDLER
        .ignoring(WorklessEvents.warmUps(context), event -> false)
        .handle(input, output, (event, json) -> handleGuarded(event, json, context));
  }

  /** Handled events, duplicates and skipped runs are all successes without a result. */
  private NoResult handleGuarded(EventBridgeEvent event, byte[] json, Context context)
      throws Exception {
    try (WorkGuard workGuard = guard.startInvocation(context)) {
      if (workGuard.readIds(() -> isIgnored(event))) {
        workGuard.log().ignored("event");
        return NoResult.NONE;
      }
      WorkKey workKey =
          workGuard.readIds(
              () ->
                  idSource.workKey(event, () -> JsonTreeReader.read(json, "an EventBridge event")));
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
