package dev.holdfast.lambda.internal.http;

import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.core.JsonProcessingException;
import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.JsonNode;
import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.lambda.internal.json.BareListCheck;
import dev.holdfast.lambda.internal.json.Json;
import dev.holdfast.lambda.internal.json.JsonTreeReader;
import dev.holdfast.lambda.model.HttpRequest;
import dev.holdfast.lambda.model.HttpResponse;
import java.io.UncheckedIOException;

/**
 * A request as it came.
 *
 * @param format how its trigger writes
 * @param request what it says
 * @param json the event
 */
public record HttpEvent(HttpEventFormat format, HttpRequest request, JsonNode json) {

  public static HttpEvent read(byte[] bytes) {
    BareListCheck.ensureNotArray(bytes, "an HTTP request");
    JsonNode json = JsonTreeReader.read(bytes, "an HTTP request");
    HttpEventFormat format = HttpEventFormat.detect(json);
    return new HttpEvent(format, format.readRequest(new HttpEventReader(json)), json);
  }

  /** What pointers point into: the event, with its body as text. */
  JsonNode jsonWithTextBody() {
    ObjectNode copy = json.deepCopy();
    return copy.put("body", request.body());
  }

  public byte[] write(HttpResponse response) {
    try {
      return Json.MAPPER.writeValueAsBytes(format.writeResponse(response));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("response cannot be written as JSON", e);
    }
  }
}
