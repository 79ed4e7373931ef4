package dev.holdfast.lambda;

import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where an id stands in an event: a JSON Pointer (RFC 6901) that also steps into a text which is
 * itself JSON, as the body of a message is.
 *
 * @param variable the environment variable that gave it, for errors
 * @param text as it was given
 */
record EventPointer(String variable, String text) {
  private static final int ID_BYTES_MAX = 2_048;

  EventPointer {
    if (!text.startsWith("/") || text.matches(".*~([^01].*|$)")) {
      throw new IllegalStateException(
          "environment variable "
              + variable
              + " must be a JSON Pointer such as /body/orderId, where ~ is written ~0 and a / in a"
              + " name ~1, got "
              + LogValue.of(text));
    }
  }

  private List<String> steps() {
    return Stream.of(text.substring(1).split("/", -1))
        .map(step -> step.replace("~1", "/").replace("~0", "~"))
        .toList();
  }

  /**
   * The id in an event.
   *
   * @throws InvalidEventException if there is none; the message tells where the way ended, and
   *     nothing of the event
   */
  String id(JsonNode event) {
    JsonNode found = event;
    StringBuilder way = new StringBuilder();
    for (String step : steps()) {
      JsonNode container = opened(found, way);
      way.append('/').append(step.replace("~", "~0").replace("/", "~1"));
      found = stepped(container, step, way);
    }
    return checked(found, way);
  }

  private JsonNode opened(JsonNode found, CharSequence way) {
    return found.isTextual() ? parsed(found.textValue(), way) : found;
  }

  private JsonNode parsed(String json, CharSequence way) {
    try {
      JsonNode inner = JsonTree.read(json.getBytes(StandardCharsets.UTF_8), "JSON");
      if (!inner.isMissingNode()) {
        return inner;
      }
    } catch (InvalidEventException e) {
      // as where there is no JSON at all
    }
    throw stopped(way, "is a text that is no JSON to step into");
  }

  private JsonNode stepped(JsonNode container, String step, CharSequence way) {
    JsonNode next =
        container.isArray() && step.matches("0|[1-9]\\d{0,8}")
            ? container.path(Integer.parseInt(step))
            : container.path(step);
    if (next.isMissingNode()) {
      throw stopped(way, "is not there");
    }
    return next;
  }

  private String checked(JsonNode found, CharSequence way) {
    if (!found.isTextual()) {
      throw stopped(way, "must be a text, got " + found.getNodeType());
    }
    String id = found.textValue();
    int bytes = id.getBytes(StandardCharsets.UTF_8).length;
    if (bytes == 0) {
      throw stopped(way, "must be a text of at least one character, got an empty text");
    }
    if (bytes > ID_BYTES_MAX) {
      throw stopped(way, "must have at most " + ID_BYTES_MAX + " bytes, got " + bytes);
    }
    return id;
  }

  private InvalidEventException stopped(CharSequence way, String why) {
    String place = way.isEmpty() ? "the event" : LogValue.of(way.toString());
    return new InvalidEventException(
        "pointer " + LogValue.of(text) + " of " + variable + " finds no id: " + place + " " + why);
  }
}
