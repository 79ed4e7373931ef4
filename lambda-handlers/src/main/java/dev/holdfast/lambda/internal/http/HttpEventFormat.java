package dev.holdfast.lambda.internal.http;

import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.lambda.error.InvalidEventException;
import dev.holdfast.lambda.model.HttpRequest;
import dev.holdfast.lambda.model.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Format of the HTTP events and responses of one kind of trigger. */
enum HttpEventFormat {
  /** REST APIs of API Gateway, and HTTP APIs with payload format 1.0. */
  REST {
    @Override
    HttpRequest readRequest(HttpEventReader event) {
      return event.request(event.targetByRouteField("resource"));
    }

    @Override
    void addHeaders(Map<String, List<String>> headers, Map<String, Object> response) {
      response.put("multiValueHeaders", headers);
    }
  },
  /** HTTP APIs of API Gateway with payload format 2.0, and function URLs. */
  HTTP_API {
    @Override
    HttpRequest readRequest(HttpEventReader event) {
      return event.request(event.targetByRouteKey());
    }

    @Override
    void addHeaders(Map<String, List<String>> headers, Map<String, Object> response) {
      Map<String, List<String>> others = new LinkedHashMap<>(headers);
      List<String> cookies = others.remove(SET_COOKIE);
      response.put("headers", joinValues(others));
      response.put("cookies", cookies == null ? List.of() : cookies);
    }
  },
  /** Application Load Balancers with one value for each header. */
  LOAD_BALANCER {
    @Override
    HttpRequest readRequest(HttpEventReader event) {
      return event.request(event.targetByRouteField("path"));
    }

    @Override
    void addHeaders(Map<String, List<String>> headers, Map<String, Object> response) {
      response.put("headers", joinValues(headers));
    }
  },
  /** Application Load Balancers whose target group has multi-value headers enabled. */
  LOAD_BALANCER_MULTI_VALUE {
    @Override
    HttpRequest readRequest(HttpEventReader event) {
      return event.request(event.targetByRouteField("path"));
    }

    @Override
    void addHeaders(Map<String, List<String>> headers, Map<String, Object> response) {
      response.put("multiValueHeaders", headers);
    }
  };

  private static final String SET_COOKIE = "set-cookie";

  abstract HttpRequest readRequest(HttpEventReader event);

  abstract void addHeaders(Map<String, List<String>> headers, Map<String, Object> response);

  /** Joins the values of each header. Cookies cannot be joined, so only the last one is set. */
  private static Map<String, String> joinValues(Map<String, List<String>> headers) {
    Map<String, String> single = new LinkedHashMap<>();
    headers.forEach(
        (name, values) ->
            single.put(
                name,
                name.equals(SET_COOKIE)
                    ? values.get(values.size() - 1)
                    : String.join(", ", values)));
    return single;
  }

  /** Returns the fields of the response event. */
  Map<String, Object> writeResponse(HttpResponse response) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("statusCode", response.status());
    addHeaders(response.headers(), json);
    json.put("body", response.body());
    json.put("isBase64Encoded", response.encoding() == HttpResponse.Encoding.BASE64);
    return json;
  }

  /**
   * Returns the format of an event.
   *
   * @throws InvalidEventException if the event is not an HTTP event
   */
  static HttpEventFormat detect(JsonNode event) {
    JsonNode context = event.path("requestContext");
    if (context.path("elb").isObject()) {
      return event.path("multiValueHeaders").isObject() ? LOAD_BALANCER_MULTI_VALUE : LOAD_BALANCER;
    }
    if (context.path("http").isObject()) {
      return HTTP_API;
    }
    if (context.isObject() && event.path("httpMethod").isTextual()) {
      return REST;
    }
    throw new InvalidEventException(
        "event must be an HTTP request with a requestContext, and with an httpMethod unless that has"
            + " one, got an event without: invoke this function by API Gateway, a function URL or an"
            + " Application Load Balancer");
  }
}
