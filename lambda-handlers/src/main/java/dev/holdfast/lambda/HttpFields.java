package dev.holdfast.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The fields of an HTTP event. What is missing is empty; what is of another type than the service
 * sends is refused.
 *
 * @param json the event, or an object in it
 */
record HttpFields(JsonNode json) {

  HttpFields at(String field) {
    return new HttpFields(json.path(field));
  }

  String text(String field) {
    return textual(json.path(field), field);
  }

  private static String textual(JsonNode value, String field) {
    if (value.isMissingNode() || value.isNull()) {
      return "";
    }
    if (!value.isTextual()) {
      throw new InvalidEventException(
          "'" + field + "' of an HTTP request must be a text, got " + value.getNodeType());
    }
    return value.textValue();
  }

  /** A target whose route is in a field of its own; the path where that is empty. */
  HttpTarget targetOf(String route) {
    String path = text("path");
    String matched = text(route);
    return new HttpTarget(
        matched.isEmpty() ? path : matched,
        path,
        texts("pathParameters"),
        values("multiValueQueryStringParameters", "queryStringParameters", name -> name));
  }

  /** A target whose route stands behind the method; default routes have none. */
  HttpTarget routedTarget() {
    String path = text("rawPath");
    String key = text("routeKey");
    int space = key.indexOf(' ');
    return new HttpTarget(
        space < 0 ? path : key.substring(space + 1),
        path,
        texts("pathParameters"),
        values("", "queryStringParameters", name -> name));
  }

  Map<String, List<String>> headers() {
    return values("multiValueHeaders", "headers", name -> name.toLowerCase(Locale.ROOT));
  }

  /** The body, decoded. */
  byte[] body() {
    String body = text("body");
    if (!json.path("isBase64Encoded").asBoolean()) {
      return body.getBytes(UTF_8);
    }
    try {
      return Base64.getDecoder().decode(body);
    } catch (IllegalArgumentException e) {
      throw new InvalidEventException("'body' of an HTTP request is said to be Base64, and is not");
    }
  }

  private Map<String, String> texts(String field) {
    Map<String, String> texts = new LinkedHashMap<>();
    json.path(field)
        .fields()
        .forEachRemaining(e -> texts.put(e.getKey(), textual(e.getValue(), field)));
    return texts;
  }

  private Map<String, List<String>> values(
      String multiple, String single, UnaryOperator<String> naming) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    JsonNode lists = json.path(multiple);
    JsonNode found = lists.isObject() ? lists : json.path(single);
    found
        .fields()
        .forEachRemaining(
            e ->
                values
                    .computeIfAbsent(naming.apply(e.getKey()), name -> new ArrayList<>())
                    .addAll(list(e.getValue(), single)));
    return values;
  }

  private static List<String> list(JsonNode value, String field) {
    if (!value.isArray()) {
      return List.of(textual(value, field));
    }
    List<String> texts = new ArrayList<>();
    value.forEach(element -> texts.add(textual(element, field)));
    return texts;
  }
}
