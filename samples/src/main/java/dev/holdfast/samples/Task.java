package dev.holdfast.samples;

import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * One step of the work on one thing.
 *
 * @param subject the thing, for example {@code order-17}; at most one step of it runs at a time
 * @param step what is done, for example {@code pay}
 * @param id what asked for it: the same at each delivery
 * @param duration how long it takes
 */
public record Task(String subject, String step, String id, Duration duration) {
  private static final Duration DEFAULT_DURATION = Duration.ofMillis(50);

  /**
   * Reads an order's step.
   *
   * @param body {@code {"order": 17, "step": "pay", "id": "…", "takesMillis": 50}}, the last one
   *     optional
   * @return the step as a task
   */
  public static Task ofOrder(String body) {
    Map<String, Object> fields = read(body);
    return new Task(
        "order-" + required(fields, "order"),
        required(fields, "step"),
        required(fields, "id"),
        duration(fields));
  }

  /**
   * Reads what an event asks the nightly report for.
   *
   * @param detail {@code {"report": "sales", "takesMillis": 50}}, both optional
   * @param eventId the event's id
   * @return the report as a task
   */
  public static Task ofReport(String detail, String eventId) {
    Map<String, Object> fields = read(detail);
    String report = optional(fields, "report").orElse("all");
    return new Task("nightly-report", report, eventId, duration(fields));
  }

  @SuppressWarnings("unchecked") // keys of a JSON object are strings
  private static Map<String, Object> read(String json) {
    return JacksonFactory.getInstance().getSerializer(Map.class).fromJson(json);
  }

  private static String required(Map<String, Object> fields, String name) {
    return optional(fields, name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "order must have a field " + name + ", got " + fields));
  }

  private static Optional<String> optional(Map<String, Object> fields, String name) {
    return Optional.ofNullable(fields.get(name)).map(Object::toString);
  }

  private static Duration duration(Map<String, Object> fields) {
    return optional(fields, "takesMillis")
        .map(Long::parseLong)
        .map(Duration::ofMillis)
        .orElse(DEFAULT_DURATION);
  }
}
