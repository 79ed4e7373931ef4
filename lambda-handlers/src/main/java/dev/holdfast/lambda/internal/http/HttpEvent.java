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
import java.util.Optional;

/**
 * HTTP event and the request in it.
 *
 * @param format the event format of the trigger
 * @param request the request
 * @param json the event
 * @param bodyProblem the reason why the body cannot be decoded; the request then has none
 */
public record HttpEvent(
    HttpEventFormat format,
    HttpRequest request,
    JsonNode json,
    Optional<InvalidEventException> bodyProblem) {

  /**
   * Reads an event. A body that cannot be decoded is reported by {@link #ensureReadableBody}, since
   * its sender must receive a response.
   *
   * @throws InvalidEventException if it is not an HTTP event
   */
  public static HttpEvent read(byte[] bytes) {
    BareListCheck.ensureNotArray(bytes, "an HTTP request");
    JsonNode json = JsonTreeReader.read(bytes, "an HTTP request");
    HttpEventFormat format = HttpEventFormat.detect(json);
    try {
      HttpRequest request = format.readRequest(new HttpEventReader(json));
      return new HttpEvent(format, request, json, Optional.empty());
    } catch (InvalidEventException e) {
      // throws again unless the body is at fault
      HttpRequest request = format.readRequest(new HttpEventReader(withoutBody(json)));
      return new HttpEvent(format, request, json, Optional.of(e));
    }
  }

  private static ObjectNode withoutBody(JsonNode json) {
    ObjectNode copy = json.deepCopy();
    copy.remove("body");
    return copy;
  }

  /** Checks that the body could be decoded. */
  public void ensureReadableBody() {
    bodyProblem.ifPresent(
        e -> {
          throw e;
        });
  }

  /**
   * Returns the event with its body as decoded text, for id pointers. An empty body is left out.
   */
  JsonNode jsonWithTextBody() {
    ObjectNode copy = withoutBody(json);
    return request.body().isEmpty() ? copy : copy.put("body", request.body());
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
