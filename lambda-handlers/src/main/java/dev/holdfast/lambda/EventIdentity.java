package dev.holdfast.lambda;

import java.util.Optional;

/**
 * By what an EventBridge event is known again: a schedule's by its ARN and the scheduled time, so
 * that one time is one run though it be sent as two events; any other by its id. Both are the same
 * at each attempt. A keyword of EventBridge Scheduler that was not replaced by its value is no id:
 * all events would seem to be one.
 */
final class EventIdentity {
  private static final String KEYWORD = "<aws.scheduler.";

  private EventIdentity() {}

  static Optional<String> of(EventBridgeEvent event) {
    Optional<String> run =
        schedule(event).filter(arn -> isUsable(event.time())).map(arn -> arn + "@" + event.time());
    Optional<String> id = Optional.of(event.id()).filter(EventIdentity::isUsable);
    return event.isScheduled() ? run.or(() -> id) : id.or(() -> run);
  }

  /** The ARN of the rule or schedule that sent it: one run at a time, unless told otherwise. */
  static String resource(EventBridgeEvent event) {
    return Optional.of(event)
        .filter(EventBridgeEvent::isScheduled)
        .flatMap(EventIdentity::schedule)
        .orElseThrow(EventIdentity::noResource);
  }

  private static Optional<String> schedule(EventBridgeEvent event) {
    return event.resources().stream().limit(1).filter(EventIdentity::isUsable).findFirst();
  }

  private static boolean isUsable(String text) {
    return !text.isBlank() && !text.contains(KEYWORD);
  }

  private static InvalidEventException noResource() {
    return new InvalidEventException(
        "this event is of no schedule, and does not say what must not be worked on at the same"
            + " time: override resourceId, or set environment variable "
            + Environment.RESOURCE_ID
            + " to a JSON Pointer into the event, such as /detail/orderId");
  }

  static InvalidEventException missing() {
    return new InvalidEventException(
        "this event has neither an id nor a schedule's ARN and time, so it cannot be handled once:"
            + " give the target of the rule or schedule an input with \"id\", for EventBridge"
            + " Scheduler \"id\": \"<aws.scheduler.schedule-arn>@<aws.scheduler.scheduled-time>\","
            + " or override eventId");
  }
}
