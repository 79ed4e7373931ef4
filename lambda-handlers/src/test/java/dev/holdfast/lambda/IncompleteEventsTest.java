package dev.holdfast.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.JsonNode;
import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.node.ContainerNode;
import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.lambda.error.InvalidEventException;
import dev.holdfast.lambda.fixtures.GuardFixture;
import dev.holdfast.lambda.fixtures.ParsedJson;
import dev.holdfast.lambda.fixtures.TriggerSample;
import dev.holdfast.lambda.testkit.InProcessInvoker;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests that an event without a field, or with another value, fails with a message about it. */
class IncompleteEventsTest {
  private static final List<BiConsumer<ObjectNode, String>> CHANGES =
      List.of(
          ObjectNode::remove,
          ObjectNode::putNull,
          (parent, field) -> parent.put(field, ""),
          (parent, field) -> parent.put(field, "other"),
          (parent, field) -> parent.put(field, 7));

  private static Optional<Throwable> failure(TriggerSample sample, String event) {
    GuardFixture fixture = new GuardFixture();
    return Optional.ofNullable(
        catchThrowable(
            () ->
                InProcessInvoker.of(
                        sample.handlerType().create(fixture, fixture.deduplicatingGuard()))
                    .invoke(event, fixture.context())));
  }

  private static JsonNode read(String event) {
    return ParsedJson.of(event.getBytes(UTF_8));
  }

  @ParameterizedTest
  @EnumSource
  void eventWithOneChangedField_failsWithAMessageAboutIt(TriggerSample sample) {
    int fields = changeEach(sample, read(sample.event()), "");
    assertThat(fields).isPositive();
  }

  /** Changes each field below a node in turn, and returns their number. */
  private static int changeEach(TriggerSample sample, JsonNode node, String path) {
    int fields = 0;
    if (node instanceof ObjectNode parent) {
      for (String field : List.copyOf(names(parent))) {
        CHANGES.forEach(change -> assertExplained(sample, path, field, change));
        fields += 1 + changeEach(sample, parent.path(field), path + "/" + field);
      }
    } else if (node instanceof ContainerNode<?> list) {
      for (int i = 0; i < list.size(); i++) {
        fields += changeEach(sample, list.path(i), path + "/" + i);
      }
    }
    return fields;
  }

  private static List<String> names(ObjectNode node) {
    return node.properties().stream().map(field -> field.getKey()).toList();
  }

  private static void assertExplained(
      TriggerSample sample, String path, String field, BiConsumer<ObjectNode, String> change) {
    JsonNode event = read(sample.event());
    change.accept((ObjectNode) event.at(path), field);
    failure(sample, event.toString())
        .ifPresent(
            e ->
                assertThat(e)
                    .as("%s %s/%s", sample, path, field)
                    .isInstanceOfAny(InvalidEventException.class, IllegalStateException.class)
                    .hasNoCause()
                    .message()
                    .containsAnyOf(
                        " must ", " at /", " has no sequencer", " needs an authenticated caller"));
  }

  @ParameterizedTest
  @CsvSource({"'\"eventTime\"', '\"eventType\"', none", "T00:00:00, ' at noon', another text"})
  void s3EventWithoutATime_namesTheField(String text, String replacement, String problem) {
    String event = TriggerSample.S3.event().replace(text, replacement);
    assertThat(event).isNotEqualTo(TriggerSample.S3.event());
    assertThat(failure(TriggerSample.S3, event))
        .hasValueSatisfying(
            e ->
                assertThat(e)
                    .isInstanceOf(InvalidEventException.class)
                    .hasMessage(
                        "a record of S3 must have an \"eventTime\" in ISO 8601, got "
                            + problem
                            + " in Records[0]"));
  }

  @Test
  void snsMessageWithoutAnId_namesTheField() {
    String event = TriggerSample.SNS.event().replace("\"MessageId\"", "\"OtherId\"");
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(
            () -> {
              throw failure(TriggerSample.SNS, event).orElseThrow();
            })
        .withMessage("a message of SNS must have a \"MessageId\", got none: override eventId");
  }
}
