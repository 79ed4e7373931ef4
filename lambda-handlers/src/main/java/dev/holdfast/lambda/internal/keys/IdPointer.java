package dev.holdfast.lambda.internal.keys;

import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.lambda.error.InvalidEventException;
import dev.holdfast.lambda.internal.json.JsonTreeReader;
import dev.holdfast.lambda.internal.log.LogValue;
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
public record IdPointer(String variable, String text) {
  private static final int MAX_ID_BYTES = 2_048;

  public IdPointer {
    if (!text.startsWith("/") || text.matches(".*~([^01].*|$)")) {
      throw new IllegalStateException(
          "environment variable "
              + variable
              + " must be a JSON Pointer such as /body/orderId, where ~ is written ~0 and a / in a"
              + " name ~1, got "
              + LogValue.of(text));
    }
  }

  private List<String> referenceTokens() {
    return Stream.of(text.substring(1).split("/", -1))
        .map(token -> token.replace("~1", "/").replace("~0", "~"))
        .toList();
  }

  /**
   * The id in an event.
   *
   * @throws InvalidEventException if there is none; the message tells where the way ended, and
   *     nothing of the event
   */
  String readId(JsonNode event) {
    JsonNode node = event;
    StringBuilder path = new StringBuilder();
    for (String token : referenceTokens()) {
      JsonNode container = parseIfText(node, path);
      path.append('/').append(token.replace("~", "~0").replace("/", "~1"));
      node = resolve(container, token, path);
    }
    return validateId(node, path);
  }

  private JsonNode parseIfText(JsonNode node, CharSequence path) {
    return node.isTextual() ? parse(node.textValue(), path) : node;
  }

  private JsonNode parse(String json, CharSequence path) {
    try {
      JsonNode inner = JsonTreeReader.read(json.getBytes(StandardCharsets.UTF_8), "JSON");
      if (!inner.isMissingNode()) {
        return inner;
      }
    } catch (InvalidEventException e) {
      // as where there is no JSON at all
    }
    throw unresolved(path, "is a text that is no JSON to step into");
  }

  private JsonNode resolve(JsonNode container, String token, CharSequence path) {
    JsonNode next =
        container.isArray() && token.matches("0|[1-9]\\d{0,8}")
            ? container.path(Integer.parseInt(token))
            : container.path(token);
    if (next.isMissingNode()) {
      throw unresolved(path, "is not there");
    }
    return next;
  }

  private String validateId(JsonNode node, CharSequence path) {
    if (!node.isTextual()) {
      throw unresolved(path, "must be a text, got " + node.getNodeType());
    }
    String id = node.textValue();
    int bytes = id.getBytes(StandardCharsets.UTF_8).length;
    if (bytes == 0) {
      throw unresolved(path, "must be a text of at least one character, got an empty text");
    }
    if (bytes > MAX_ID_BYTES) {
      throw unresolved(path, "must have at most " + MAX_ID_BYTES + " bytes, got " + bytes);
    }
    return id;
  }

  private InvalidEventException unresolved(CharSequence path, String reason) {
    String location = path.isEmpty() ? "the event" : LogValue.of(path.toString());
    return new InvalidEventException(
        "pointer "
            + LogValue.of(text)
            + " of "
            + variable
            + " finds no id: "
            + location
            + " "
            + reason);
  }
}
