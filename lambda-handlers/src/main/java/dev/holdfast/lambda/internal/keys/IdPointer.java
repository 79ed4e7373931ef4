package dev.holdfast.lambda.internal.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.lambda.error.InvalidEventException;
import dev.holdfast.lambda.internal.json.JsonTreeReader;
import dev.holdfast.lock.internal.text.LogText;
import java.util.stream.Stream;

/**
 * Pointer to an id in an event. It is one JSON Pointer (RFC 6901), or several that are separated by
 * commas and whose values are joined.
 *
 * <p>A pointer also steps into a string that is itself JSON, such as the body of a message. A value
 * is a string, a number or a boolean; numbers and booleans count as their JSON text.
 *
 * @param variable the environment variable that has the pointer, for error messages
 * @param text the pointers, as the variable has them
 */
public record IdPointer(String variable, String text) {
  private static final int MAX_ID_BYTES = 2_048;

  /** Checks each pointer's syntax. */
  public IdPointer {
    if (pointers(text).anyMatch(p -> !p.startsWith("/") || p.matches(".*~([^01].*|$)"))) {
      throw new IllegalStateException(
          "environment variable "
              + variable
              + " must be a JSON Pointer such as /body/orderId, or several separated by commas;"
              + " write ~ as ~0 and a / in a name as ~1; got "
              + LogText.value(text));
    }
  }

  /** A comma separates only in front of a slash, since names in an event may contain commas. */
  private static Stream<String> pointers(String text) {
    return Stream.of(text.strip().split("\\s*,\\s*(?=/)", -1));
  }

  /**
   * Reads the id from an event.
   *
   * @throws InvalidEventException if the event does not have it. The message says where resolving
   *     ended, and has no content of the event.
   */
  String readId(JsonNode event) {
    String[] values = pointers(text).map(p -> readValue(event, p)).toArray(String[]::new);
    String id = values.length == 1 ? values[0] : CompositeId.join(values);
    int bytes = id.getBytes(UTF_8).length;
    if (bytes > MAX_ID_BYTES) {
      throw unresolved(text, "must have at most " + MAX_ID_BYTES + " bytes, got " + bytes);
    }
    return id;
  }

  private String readValue(JsonNode event, String pointer) {
    StringBuilder path = new StringBuilder();
    JsonNode value = find(event, pointer, path);
    if (value.isMissingNode()) {
      throw unresolved(path, "is missing");
    }
    return valueText(value, path);
  }

  /** Returns whether the event lacks a value: its field, or a field on the way to it. */
  public boolean isMissing(JsonNode event) {
    return pointers(text).anyMatch(p -> find(event, p, new StringBuilder()).isMissingNode());
  }

  /** Follows a pointer until its end or a missing field, and appends the path to there. */
  private JsonNode find(JsonNode event, String pointer, StringBuilder path) {
    JsonNode node = event;
    for (String token : pointer.substring(1).split("/", -1)) {
      JsonNode container = node.isTextual() ? parse(node.textValue(), path) : node;
      path.append('/').append(token);
      node = step(container, token.replace("~1", "/").replace("~0", "~"));
      if (node.isMissingNode()) {
        return node;
      }
    }
    return node;
  }

  private JsonNode parse(String json, CharSequence path) {
    try {
      JsonNode inner = JsonTreeReader.read(json.getBytes(UTF_8), "JSON");
      if (!inner.isMissingNode()) {
        return inner;
      }
    } catch (InvalidEventException e) {
      // reported below, as an empty string is
    }
    throw unresolved(path, "is a string that is not JSON");
  }

  private static JsonNode step(JsonNode container, String token) {
    return container.isArray() && token.matches("0|[1-9]\\d{0,8}")
        ? container.path(Integer.parseInt(token))
        : container.path(token);
  }

  private String valueText(JsonNode node, CharSequence path) {
    if (!node.isTextual() && !node.isNumber() && !node.isBoolean()) {
      throw unresolved(path, "must be a string, a number or a boolean, got " + node.getNodeType());
    }
    String value = node.asText();
    if (value.isEmpty()) {
      throw unresolved(path, "must have at least one character, got an empty string");
    }
    return value;
  }

  private InvalidEventException unresolved(CharSequence path, String reason) {
    String location = path.isEmpty() ? "the event" : LogText.value(path.toString());
    return new InvalidEventException(
        "pointer "
            + LogText.value(text)
            + " of "
            + variable
            + " finds no id: "
            + location
            + " "
            + reason);
  }
}
