package dev.holdfast.lambda.internal.http;

import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.core.JsonProcessingException;
import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.JsonNode;
import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.lambda.error.InvalidEventException;
import dev.holdfast.lambda.internal.json.BareListCheck;
import dev.holdfast.lambda.internal.json.Json;
import dev.holdfast.lambda.internal.json.JsonTreeReader;
import dev.holdfast.lambda.model.HttpRequest;
import dev.holdfast.lambda.model.HttpResponse;
import java.io.UncheckedIOException;

/**
 * HTTP event and the request in it.
 *
 * @param format the event format of the trigger
 * @param request the request
 * @param json the event
 */
public record HttpEvent(HttpEventFormat format, HttpRequest request, JsonNode json) {

  /**
   * Reads an event.
   *
   * @throws InvalidEventException if it is not an HTTP event
   */
  public static HttpEvent read(byte[] bytes) {
    BareListCheck.ensureNotArray(bytes, "an HTTP request");
    JsonNode json = JsonTreeReader.read(bytes, "an HTTP request");
    HttpEventFormat format = HttpEventFormat.detect(json);
    return new HttpEvent(format, format.readRequest(new HttpEventReader(json)), json);
  }

  /** Returns the event with its body as decoded text, for id pointers. */
  JsonNode jsonWithTextBody() {
    ObjectNode copy = json.deepCopy();
    return copy.put("body", request.body());
  }

  /** Writes a response in the format of the trigger. */
  public byte[] write(HttpResponse response) {
    try {
      return Json.MAPPER.writeValueAsBytes(format.writeResponse(response));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("response cannot be written as JSON", e);
    }
  }
}
