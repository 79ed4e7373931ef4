package dev.holdfast.lambda.internal.eventbridge;

import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.core.JsonParser;
import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.lambda.error.InvalidEventException;
import dev.holdfast.lambda.internal.json.BareListCheck;
import dev.holdfast.lambda.internal.json.Json;
import dev.holdfast.lambda.internal.json.JsonTreeReader;
import dev.holdfast.lambda.model.EventBridgeEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reader of EventBridge events. The AWS events library has no class for all of them: its {@code
 * ScheduledEvent} fails on the text that EventBridge Scheduler sends as detail.
 */
public final class EventBridgeEventReader {
  private static final String EVENT_DESCRIPTION = "an EventBridge event";

  private EventBridgeEventReader() {}

  /**
   * Reads an event.
   *
   * @throws InvalidEventException if it is not an EventBridge event
   */
  public static EventBridgeEvent read(byte[] json) {
    BareListCheck.ensureNotArray(json, EVENT_DESCRIPTION);
    JsonNode event = JsonTreeReader.read(json, EVENT_DESCRIPTION);
    if (!event.isObject()) {
      throw new InvalidEventException(
          "event must be a JSON object, got "
              + event.getNodeType()
              + ": invoke this function by EventBridge");
    }
    return new EventBridgeEvent(
        text(event, "id"),
        text(event, "source"),
        text(event, "detail-type"),
        text(event, "account"),
        text(event, "region"),
        text(event, "time"),
        textList(event, "resources"),
        detail(event, json));
  }

  private static String text(JsonNode event, String field) {
    JsonNode value = event.path(field);
    return value.isMissingNode() || value.isNull() ? "" : requireText(value, field);
  }

  private static String requireText(JsonNode value, String field) {
    if (!value.isTextual()) {
      throw new InvalidEventException(
          "'"
              + field
              + "' of "
              + EVENT_DESCRIPTION
              + " must be a string, got "
              + value.getNodeType());
    }
    return value.textValue();
  }

  private static List<String> textList(JsonNode event, String field) {
    JsonNode values = event.path(field);
    if (values.isMissingNode() || values.isNull()) {
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    if (!values.isArray()) {
      throw new InvalidEventException(
          "'"
              + field
              + "' of "
              + EVENT_DESCRIPTION
              + " must be an array, got "
              + values.getNodeType());
    }
    values.forEach(value -> texts.add(requireText(value, field)));
    return texts;
  }

  private static String detail(JsonNode event, byte[] json) {
    JsonNode detail = event.path("detail");
    if (detail.isTextual()) {
      return detail.textValue();
    }
    String text = new String(json, StandardCharsets.UTF_8);
    return detail.isMissingNode() ? text.strip() : rawDetail(text);
  }

  /** Returns the original text of the detail; written from the tree, numbers would change. */
  private static String rawDetail(String json) {
    try (JsonParser parser = Json.MAPPER.createParser(json)) {
      parser.nextToken();
      while (!"detail".equals(parser.nextFieldName())) {
        parser.nextToken();
        parser.skipChildren();
      }
      parser.nextToken();
      long start = parser.currentTokenLocation().getCharOffset();
      parser.skipChildren();
      long end = parser.currentLocation().getCharOffset();
      return json.substring(Math.toIntExact(start), Math.toIntExact(end));
    } catch (IOException e) {
      throw Json.unreadableEvent(EVENT_DESCRIPTION, e);
    }
  }
}
