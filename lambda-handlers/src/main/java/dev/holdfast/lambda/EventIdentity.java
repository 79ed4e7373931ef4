package dev.holdfast.lambda;

import java.util.Optional;

/**
 * By what an EventBridge event is known again: its id, or else the schedule's ARN and the scheduled
 * time, which are the same at each attempt. A keyword of EventBridge Scheduler that was not
 * replaced by its value is no id: all events would seem to be one.
 */
final class EventIdentity {
  private static final String KEYWORD = "<aws.scheduler.";

  private EventIdentity() {}

  static Optional<String> of(EventBridgeEvent event) {
    if (isUsable(event.id())) {
      return Optional.of(event.id());
    }
    String schedule = event.resources().isEmpty() ? "" : event.resources().get(0);
    return isUsable(schedule) && isUsable(event.time())
        ? Optional.of(schedule + "@" + event.time())
        : Optional.empty();
  }

  private static boolean isUsable(String text) {
    return !text.isBlank() && !text.contains(KEYWORD);
  }

  static InvalidEventException missing() {
    return new InvalidEventException(
        "this event has neither an id nor a schedule's ARN and time, so it cannot be handled once:"
            + " give the target of the rule or schedule an input with \"id\", for EventBridge"
            + " Scheduler \"id\": \"<aws.scheduler.schedule-arn>@<aws.scheduler.scheduled-time>\","
            + " or override eventId");
  }
}
