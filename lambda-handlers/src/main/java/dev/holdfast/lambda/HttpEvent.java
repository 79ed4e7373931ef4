package dev.holdfast.lambda;

import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.core.JsonProcessingException;
import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.JsonNode;
import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;

/**
 * A request as it came.
 *
 * @param shape how its trigger writes
 * @param request what it says
 * @param json the event
 */
record HttpEvent(HttpShape shape, HttpRequest request, JsonNode json) {

  static HttpEvent read(byte[] bytes) {
    BareList.refuse(bytes, "an HTTP request");
    JsonNode json = JsonTree.read(bytes, "an HTTP request");
    HttpShape shape = HttpShape.of(json);
    return new HttpEvent(shape, shape.request(new HttpFields(json)), json);
  }

  /** What pointers point into: the event, with its body as text. */
  JsonNode readable() {
    ObjectNode readable = json.deepCopy();
    return readable.put("body", request.body());
  }

  byte[] written(HttpResponse response) {
    try {
      return Json.MAPPER.writeValueAsBytes(shape.response(response));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("response cannot be written as JSON", e);
    }
  }
}
