package dev.holdfast.lambda.model;

import dev.holdfast.lambda.error.InvalidEventException;
import dev.holdfast.lambda.internal.json.JsonCodec;
import dev.holdfast.lock.internal.text.LogText;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Event of an EventBridge rule, a schedule rule or EventBridge Scheduler. A field that the event or
 * the input of the target does not have is an empty text. Immutable.
 *
 * @param id the id of the event
 * @param source the publisher; {@code aws.scheduler} for EventBridge Scheduler
 * @param detailType the type of the event
 * @param account the AWS account
 * @param region the AWS Region
 * @param time the time, as the publisher sent it
 * @param resources the ARNs; for a scheduled event the ARN of the schedule
 * @param detail the JSON of the detail, also if it was sent as a string; the whole input if it has
 *     no detail
 */
public record EventBridgeEvent(
    String id,
    String source,
    String detailType,
    String account,
    String region,
    String time,
    List<String> resources,
    String detail) {

  /** Copies the list. */
  public EventBridgeEvent {
    resources = List.copyOf(resources);
  }

  /**
   * Reads the detail.
   *
   * @param type a record or another class of yours
   * @param <T> the type
   * @return the detail
   * @throws InvalidEventException if the detail is not JSON of this type
   */
  public <T> T detailAs(Class<T> type) {
    return JsonCodec.of(type).read(detail.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Returns whether a schedule sent the event.
   *
   * @return true for schedule rules and for EventBridge Scheduler
   */
  public boolean isScheduled() {
    boolean rule = source.equals("aws.events") && detailType.equals("Scheduled Event");
    return rule || source.equals("aws.scheduler");
  }

  /** Returns id, source and type; the detail is left out. */
  @Override
  public String toString() {
    return "EventBridgeEvent[" + LogText.escape(id + ", " + source + ", " + detailType) + "]";
  }
}
