package dev.holdfast.lambda;

import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.core.JsonParser;
import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads what EventBridge sends. The events library has no class for it: its ScheduledEvent fails on
 * the text that EventBridge Scheduler sends as detail.
 */
final class EventBridgeReader {
  private static final String WHAT = "an EventBridge event";

  private EventBridgeReader() {}

  static EventBridgeEvent read(byte[] json) {
    BareList.refuse(json, WHAT);
    JsonNode event = JsonTree.read(json, WHAT);
    if (!event.isObject()) {
      throw new InvalidEventException(
          "event must be a JSON object, got "
              + event.getNodeType()
              + ": is this function invoked by EventBridge?");
    }
    return new EventBridgeEvent(
        text(event, "id"),
        text(event, "source"),
        text(event, "detail-type"),
        text(event, "account"),
        text(event, "region"),
        text(event, "time"),
        texts(event, "resources"),
        detail(event, json));
  }

  private static String text(JsonNode event, String field) {
    JsonNode value = event.path(field);
    return value.isMissingNode() || value.isNull() ? "" : textual(value, field);
  }

  private static String textual(JsonNode value, String field) {
    if (!value.isTextual()) {
      throw new InvalidEventException(
          "'" + field + "' of " + WHAT + " must be a text, got " + value.getNodeType());
    }
    return value.textValue();
  }

  private static List<String> texts(JsonNode event, String field) {
    JsonNode values = event.path(field);
    if (values.isMissingNode() || values.isNull()) {
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    if (!values.isArray()) {
      throw new InvalidEventException(
          "'" + field + "' of " + WHAT + " must be a list, got " + values.getNodeType());
    }
    values.forEach(value -> texts.add(textual(value, field)));
    return texts;
  }

  private static String detail(JsonNode event, byte[] json) {
    JsonNode detail = event.path("detail");
    if (detail.isTextual()) {
      return detail.textValue();
    }
    String text = new String(json, StandardCharsets.UTF_8);
    return detail.isMissingNode() ? text.strip() : sent(text);
  }

  /** The detail as it was sent: written again from the tree, large numbers would be others. */
  private static String sent(String event) {
    try (JsonParser parser = Json.MAPPER.createParser(event)) {
      parser.nextToken();
      while (!"detail".equals(parser.nextFieldName())) {
        parser.nextToken();
        parser.skipChildren();
      }
      parser.nextToken();
      long start = parser.currentTokenLocation().getCharOffset();
      parser.skipChildren();
      long end = parser.currentLocation().getCharOffset();
      return event.substring(Math.toIntExact(start), Math.toIntExact(end));
    } catch (IOException e) {
      throw Json.unreadable(WHAT, e);
    }
  }
}
