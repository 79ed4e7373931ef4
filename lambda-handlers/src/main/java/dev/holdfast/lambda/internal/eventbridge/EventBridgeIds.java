package dev.holdfast.lambda.internal.eventbridge;

import dev.holdfast.lambda.error.InvalidEventException;
import dev.holdfast.lambda.internal.keys.IdPointers;
import dev.holdfast.lambda.model.EventBridgeEvent;
import java.util.Optional;

/**
 * Default ids of EventBridge events.
 *
 * <p>A scheduled event's id is the schedule's ARN with the scheduled time, so that two events for
 * one time are one run. Any other event has its own id. Both are the same for each delivery. An
 * unresolved keyword of EventBridge Scheduler is not an id, because all events would share it.
 */
public final class EventBridgeIds {
  private static final String UNRESOLVED_KEYWORD = "<aws.scheduler.";

  private EventBridgeIds() {}

  /** Returns an id that each delivery of an event has; empty if the event has none. */
  public static Optional<String> eventId(EventBridgeEvent event) {
    Optional<String> scheduledRun =
        scheduleArn(event)
            .filter(arn -> isResolved(event.time()))
            .map(arn -> arn + "@" + event.time());
    Optional<String> id = Optional.of(event.id()).filter(EventBridgeIds::isResolved);
    return event.isScheduled() ? scheduledRun.or(() -> id) : id.or(() -> scheduledRun);
  }

  /**
   * Returns the ARN of the rule or schedule, so that its runs do not overlap.
   *
   * @throws InvalidEventException if no schedule sent the event
   */
  public static String resourceId(EventBridgeEvent event) {
    return Optional.of(event)
        .filter(EventBridgeEvent::isScheduled)
        .flatMap(EventBridgeIds::scheduleArn)
        .orElseThrow(EventBridgeIds::missingResourceId);
  }

  private static Optional<String> scheduleArn(EventBridgeEvent event) {
    return event.resources().stream().limit(1).filter(EventBridgeIds::isResolved).findFirst();
  }

  private static boolean isResolved(String text) {
    return !text.isBlank() && !text.contains(UNRESOLVED_KEYWORD);
  }

  private static InvalidEventException missingResourceId() {
    return new InvalidEventException(
        "event has no default resource id, because no schedule sent it: override resourceId, or set"
            + " environment variable "
            + IdPointers.RESOURCE_ID_VARIABLE
            + " to a JSON Pointer into the event, such as /detail/orderId");
  }

  /** Returns the error of an event that cannot be deduplicated. */
  public static InvalidEventException missingEventId() {
    return new InvalidEventException(
        "event must have an id, or a schedule's ARN and time, got neither: give the target of the"
            + " rule or schedule an input with \"id\", for EventBridge Scheduler \"id\":"
            + " \"<aws.scheduler.schedule-arn>@<aws.scheduler.scheduled-time>\", or override eventId");
  }
}
