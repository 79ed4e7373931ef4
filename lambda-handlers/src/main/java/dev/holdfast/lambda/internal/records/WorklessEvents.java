package dev.holdfast.lambda.internal.records;

import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.JsonNode;
import com.amazonaws.services.lambda.runtime.Context;
import dev.holdfast.lambda.error.InvalidEventException;
import dev.holdfast.lambda.internal.admission.DecisionLog;
import dev.holdfast.lambda.internal.json.JsonTreeReader;
import dev.holdfast.lambda.internal.time.Invocation;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Events that carry no work: pings that keep a function warm, and the test messages that AWS
 * services send when a notification is set up.
 */
public final class WorklessEvents {
  private static final String WARM_UP_PLUGIN = "serverless-plugin-warmup";
  private static final Set<String> WARMER_FIELDS = Set.of("warmer", "concurrency");
  private static final Set<String> TEST_EVENTS =
      Set.of("s3:TestEvent", "autoscaling:TEST_NOTIFICATION");

  /** All of these events are short, and a long event is never searched for their markers. */
  private static final int MAX_LENGTH = 8_192;

  private static final int MAX_BYTES_OF_CHARACTER = 3;

  private static final String[] MARKERS = {
    WARM_UP_PLUGIN, "\"warmer\"", "\"Scheduled Event\"", "s3:TestEvent", "TEST_NOTIFICATION"
  };

  private WorklessEvents() {}

  /**
   * Returns a predicate for the events of a trigger that sends no events of schedules. It logs each
   * event that it accepts: warm-up pings, also those of a schedule rule, and test messages.
   */
  public static Predicate<byte[]> pings(Context context) {
    return json -> acknowledge(pingKind(json), context);
  }

  /** Returns a predicate for any event. It logs each event that it accepts: warm-up pings. */
  public static Predicate<byte[]> warmUps(Context context) {
    return json -> acknowledge(tree(json).flatMap(WorklessEvents::warmUpKind), context);
  }

  private static boolean acknowledge(Optional<String> kind, Context context) {
    kind.ifPresent(work -> new DecisionLog(new Invocation(context)).ignored(work));
    return kind.isPresent();
  }

  private static Optional<String> pingKind(byte[] json) {
    return tree(json)
        .flatMap(
            event ->
                warmUpKind(event)
                    .or(() -> isSchedule(event) ? Optional.of("schedule") : Optional.empty())
                    .or(() -> isTestEvent(event) ? Optional.of("test_event") : Optional.empty()));
  }

  private static Optional<String> warmUpKind(JsonNode event) {
    boolean plugin = event.path("source").asText().equals(WARM_UP_PLUGIN);
    boolean warmer = event.path("warmer").isBoolean() && event.path("warmer").booleanValue();
    return plugin || (warmer && hasOnly(event, WARMER_FIELDS))
        ? Optional.of("warm_up")
        : Optional.empty();
  }

  private static boolean hasOnly(JsonNode event, Set<String> fields) {
    return event.properties().stream().allMatch(field -> fields.contains(field.getKey()));
  }

  private static boolean isSchedule(JsonNode event) {
    return event.path("source").asText().equals("aws.events")
        && event.path("detail-type").asText().equals("Scheduled Event");
  }

  private static boolean isTestEvent(JsonNode event) {
    return TEST_EVENTS.contains(event.path("Event").asText());
  }

  /**
   * Returns whether the text of a message is a test message of a service, or the notification of
   * SNS that contains one.
   */
  public static boolean isTestMessage(@Nullable String text) {
    return text != null
        && tree(text)
            .map(
                message ->
                    isTestEvent(message)
                        || tree(message.path("Message").asText())
                            .map(WorklessEvents::isTestEvent)
                            .orElse(false))
            .orElse(false);
  }

  /** Does not decode a long event: each character of a text has at most three bytes. */
  private static Optional<JsonNode> tree(byte[] json) {
    return json.length > MAX_BYTES_OF_CHARACTER * MAX_LENGTH
        ? Optional.empty()
        : tree(new String(json, StandardCharsets.UTF_8));
  }

  /** Returns a short JSON object that has a marker and no records. */
  private static Optional<JsonNode> tree(String text) {
    if (text.length() > MAX_LENGTH || Stream.of(MARKERS).noneMatch(text::contains)) {
      return Optional.empty();
    }
    try {
      return Optional.of(JsonTreeReader.read(text.getBytes(StandardCharsets.UTF_8), "JSON"))
          .filter(JsonNode::isObject)
          .filter(event -> !event.has("Records") && !event.has("requestContext"));
    } catch (InvalidEventException notJson) {
      return Optional.empty();
    }
  }
}
