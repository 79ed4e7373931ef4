package dev.holdfast.lambda.internal.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.lambda.error.InvalidEventException;
import dev.holdfast.lambda.model.HttpRequest;
import dev.holdfast.lambda.model.HttpTarget;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reader of the fields of an HTTP event. A missing field is empty. A field of another type than the
 * service sends is rejected.
 *
 * @param json the event, or an object in it
 */
record HttpEventReader(JsonNode json) {

  HttpEventReader child(String field) {
    return new HttpEventReader(json.path(field));
  }

  String text(String field) {
    return requireText(json.path(field), field);
  }

  private static String requireText(JsonNode value, String field) {
    if (value.isMissingNode() || value.isNull()) {
      return "";
    }
    if (!value.isTextual()) {
      throw new InvalidEventException(
          "'" + field + "' of an HTTP request must be a string, got " + value.getNodeType());
    }
    return value.textValue();
  }

  /** Returns a target whose route is a field; the path if the field is empty. */
  HttpTarget targetByRouteField(String routeField) {
    String path = text("path");
    String matched = text(routeField);
    return new HttpTarget(
        text("httpMethod"),
        matched.isEmpty() ? path : matched,
        path,
        textMap("pathParameters"),
        multiValueMap("multiValueQueryStringParameters", "queryStringParameters"));
  }

  /** Returns a target whose route key is method and route; a default route has the path only. */
  HttpTarget targetByRouteKey() {
    String path = text("rawPath");
    String routeKey = text("routeKey");
    int space = routeKey.indexOf(' ');
    return new HttpTarget(
        child("requestContext").child("http").text("method"),
        space < 0 ? path : routeKey.substring(space + 1),
        path,
        textMap("pathParameters"),
        splitQuery());
  }

  private Map<String, List<String>> splitQuery() {
    QueryValues queryValues = new QueryValues(text("rawQueryString"));
    Map<String, List<String>> split = new LinkedHashMap<>();
    textMap("queryStringParameters")
        .forEach((name, joined) -> split.put(name, queryValues.split(name, joined)));
    return split;
  }

  /** Returns the request to a target, with headers, principal and body. */
  HttpRequest request(HttpTarget target) {
    return new HttpRequest(
        target, headers(), PrincipalReader.read(child("requestContext")), body());
  }

  private Map<String, List<String>> headers() {
    return multiValueMap("multiValueHeaders", "headers");
  }

  private byte[] body() {
    String body = text("body");
    if (!json.path("isBase64Encoded").asBoolean()) {
      return body.getBytes(UTF_8);
    }
    try {
      return Base64.getDecoder().decode(body);
    } catch (IllegalArgumentException e) {
      throw new InvalidEventException(
          "'body' of an HTTP request must be Base64 if isBase64Encoded is true, got other text");
    }
  }

  private Map<String, String> textMap(String field) {
    Map<String, String> texts = new LinkedHashMap<>();
    json.path(field)
        .fields()
        .forEachRemaining(e -> texts.put(e.getKey(), requireText(e.getValue(), field)));
    return texts;
  }

  private Map<String, List<String>> multiValueMap(String multiple, String single) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    JsonNode multiValues = json.path(multiple);
    JsonNode entries = multiValues.isObject() ? multiValues : json.path(single);
    entries.fields().forEachRemaining(e -> values.put(e.getKey(), textList(e.getValue(), single)));
    return values;
  }

  private static List<String> textList(JsonNode value, String field) {
    if (!value.isArray()) {
      return List.of(requireText(value, field));
    }
    List<String> texts = new ArrayList<>();
    value.forEach(element -> texts.add(requireText(element, field)));
    return texts;
  }
}
