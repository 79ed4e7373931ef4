package dev.holdfast.lambda.internal.eventbridge;

import dev.holdfast.lambda.error.InvalidEventException;
import dev.holdfast.lambda.internal.keys.IdPointers;
import dev.holdfast.lambda.model.EventBridgeEvent;
import java.util.Optional;

/**
 * By what an EventBridge event is known again: a schedule's by its ARN and the scheduled time, so
 * that one time is one run though it be sent as two events; any other by its id. Both are the same
 * at each attempt. A keyword of EventBridge Scheduler that was not replaced by its value is no id:
 * all events would seem to be one.
 */
public final class EventBridgeIds {
  private static final String UNRESOLVED_KEYWORD = "<aws.scheduler.";

  private EventBridgeIds() {}

  public static Optional<String> eventId(EventBridgeEvent event) {
    Optional<String> scheduledRun =
        scheduleArn(event)
            .filter(arn -> isResolved(event.time()))
            .map(arn -> arn + "@" + event.time());
    Optional<String> id = Optional.of(event.id()).filter(EventBridgeIds::isResolved);
    return event.isScheduled() ? scheduledRun.or(() -> id) : id.or(() -> scheduledRun);
  }

  /** The ARN of the rule or schedule that sent it: one run at a time, unless told otherwise. */
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
        "this event is of no schedule, and does not say what must not be worked on at the same"
            + " time: override resourceId, or set environment variable "
            + IdPointers.RESOURCE_ID_VARIABLE
            + " to a JSON Pointer into the event, such as /detail/orderId");
  }

  public static InvalidEventException missingEventId() {
    return new InvalidEventException(
        "this event has neither an id nor a schedule's ARN and time, so it cannot be handled once:"
            + " give the target of the rule or schedule an input with \"id\", for EventBridge"
            + " Scheduler \"id\": \"<aws.scheduler.schedule-arn>@<aws.scheduler.scheduled-time>\","
            + " or override eventId");
  }
}
