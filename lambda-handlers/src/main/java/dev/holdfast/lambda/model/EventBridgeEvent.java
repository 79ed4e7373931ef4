package dev.holdfast.lambda.model;

import dev.holdfast.lambda.error.InvalidEventException;
import dev.holdfast.lambda.internal.json.JsonCodec;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * An event from an EventBridge rule, a schedule rule or EventBridge Scheduler. Immutable. A text is
 * empty where the event, or the target's own input, has none.
 *
 * @param id the event's id
 * @param source who published it; {@code aws.scheduler} for EventBridge Scheduler
 * @param detailType what happened
 * @param account the account
 * @param region the Region
 * @param time when, as it was sent
 * @param resources ARNs; of a schedule, its own
 * @param detail JSON text: of the event's detail, also where that was sent as a text; of the whole
 *     input where it has no detail
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
   * @throws InvalidEventException if it is none of that type
   */
  public <T> T detailAs(Class<T> type) {
    return JsonCodec.of(type).read(detail.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether a schedule sent it, whose next run comes anyway. */
  public boolean isScheduled() {
    boolean rule = source.equals("aws.events") && detailType.equals("Scheduled Event");
    return rule || source.equals("aws.scheduler");
  }
}
