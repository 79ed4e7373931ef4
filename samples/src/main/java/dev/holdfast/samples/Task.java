package dev.holdfast.samples;

import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * One step of the work on an order, a report or an index.
 *
 * @param subject the order, report or index, for example {@code order-17}; its steps must not
 *     overlap
 * @param step the name of the step, for example {@code pay}
 * @param id the id of the request, equal in every delivery
 * @param duration the duration of the work
 */
public record Task(String subject, String step, String id, Duration duration) {
  private static final Duration DEFAULT_DURATION = Duration.ofMillis(50);

  /**
   * Parses a step of an order.
   *
   * @param body {@code {"order": 17, "step": "pay", "id": "…", "takesMillis": 50}}; the last field
   *     is optional
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
   * Parses the detail of an event for the nightly report.
   *
   * @param detail {@code {"report": "sales", "takesMillis": 50}}; both fields are optional
   * @param eventId the id of the event
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
