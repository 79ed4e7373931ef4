package dev.holdfast.lambda.testkit;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * HTTP request for sample events of each HTTP trigger. Immutable; every method except {@link #of}
 * returns a changed copy.
 *
 * @param method the HTTP method, for example {@code POST}
 * @param path the path, for example {@code /orders/17}
 * @param route the matched route, for example {@code /orders/{id}}, or the path if no route exists
 * @param headers the headers by name
 * @param body the body as text
 * @param caller the subject of the token that an authorizer verified, or an empty string
 * @param query the values of the query parameters, by name
 */
public record SampleHttpRequest(
    String method,
    String path,
    String route,
    Map<String, String> headers,
    String body,
    String caller,
    Map<String, List<String>> query) {
  private static final String ISSUER = "https://login.example.com/";
  private static final String HOST = "api.example.com";

  /** Copies the headers and the query. */
  public SampleHttpRequest {
    headers = Map.copyOf(headers);
    query = Collections.unmodifiableMap(new LinkedHashMap<>(query));
  }

  /**
   * Creates a request without headers, query, body and caller.
   *
   * @param method the HTTP method, for example {@code POST}
   * @param path the path, for example {@code /orders/17}
   * @return the request
   */
  public static SampleHttpRequest of(String method, String path) {
    return new SampleHttpRequest(method, path, path, Map.of(), "", "", Map.of());
  }

  /**
   * Returns a copy with a matched route.
   *
   * @param value the route, for example {@code /orders/{id}}
   * @return a new request
   */
  public SampleHttpRequest route(String value) {
    return new SampleHttpRequest(method, path, value, headers, body, caller, query);
  }

  /**
   * Returns a copy with an additional header.
   *
   * @param name the name of the header
   * @param value the value of the header
   * @return a new request
   */
  public SampleHttpRequest header(String name, String value) {
    Map<String, String> extendedHeaders = new LinkedHashMap<>(headers);
    extendedHeaders.put(name, value);
    return new SampleHttpRequest(method, path, route, extendedHeaders, body, caller, query);
  }

  /**
   * Returns a copy with a body.
   *
   * @param text the body
   * @return a new request
   */
  public SampleHttpRequest body(String text) {
    return new SampleHttpRequest(method, path, route, headers, text, caller, query);
  }

  /**
   * Returns a copy with an authorized caller.
   *
   * @param subject the subject of the caller's token
   * @return a new request
   */
  public SampleHttpRequest caller(String subject) {
    return new SampleHttpRequest(method, path, route, headers, body, subject, query);
  }

  /**
   * Returns a copy with an additional value of a query parameter.
   *
   * @param name the name of the parameter
   * @param value the value, not encoded
   * @return a new request
   */
  public SampleHttpRequest query(String name, String value) {
    Map<String, List<String>> extendedQuery = new LinkedHashMap<>(query);
    extendedQuery.merge(
        name,
        List.of(value),
        (first, second) -> Stream.concat(first.stream(), second.stream()).toList());
    return new SampleHttpRequest(method, path, route, headers, body, caller, extendedQuery);
  }

  /** Returns the event of a REST API with a Cognito authorizer. */
  Map<String, Object> toRestApiEvent() {
    Map<String, Object> context = new LinkedHashMap<>();
    context.put("resourcePath", route);
    context.put("httpMethod", method);
    context.put("stage", "prod");
    context.put("requestId", "rest-request-1");
    context.put("identity", Map.of("sourceIp", "192.0.2.1"));
    if (!caller.isEmpty()) {
      context.put("authorizer", Map.of("claims", claims()));
    }
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("resource", route);
    event.put("path", path);
    event.put("httpMethod", method);
    event.put("headers", headers);
    event.put("multiValueHeaders", multiValueHeaders());
    event.put("queryStringParameters", joinedQuery(values -> values.get(values.size() - 1)));
    event.put("multiValueQueryStringParameters", query);
    event.put("pathParameters", pathParameters());
    event.put("requestContext", context);
    if (!body.isEmpty()) {
      event.put("body", body);
    }
    event.put("isBase64Encoded", false);
    return event;
  }

  /** Returns the event of a function URL or of an HTTP API with a JWT authorizer. */
  Map<String, Object> toHttpApiEvent(String routeKey) {
    Map<String, Object> http = new LinkedHashMap<>();
    http.put("method", method);
    http.put("path", path);
    http.put("protocol", "HTTP/1.1");
    http.put("sourceIp", "192.0.2.1");
    http.put("userAgent", "example/1.0");
    Map<String, Object> context = new LinkedHashMap<>();
    context.put("domainName", HOST);
    context.put("http", http);
    context.put("requestId", "http-request-1");
    context.put("routeKey", routeKey);
    context.put("stage", "$default");
    if (!caller.isEmpty()) {
      context.put("authorizer", Map.of("jwt", Map.of("claims", claims(), "scopes", List.of())));
    }
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("version", "2.0");
    event.put("routeKey", routeKey);
    event.put("rawPath", path);
    event.put("rawQueryString", rawQuery());
    event.put("queryStringParameters", joinedQuery(values -> String.join(",", values)));
    event.put("pathParameters", pathParameters());
    event.put("headers", headers);
    event.put("requestContext", context);
    if (!body.isEmpty()) {
      event.put("body", body);
    }
    event.put("isBase64Encoded", false);
    return event;
  }

  /** Returns the event of a load balancer, which contains no caller. */
  Map<String, Object> toLoadBalancerEvent() {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put(
        "requestContext",
        Map.of(
            "elb",
            Map.of(
                "targetGroupArn",
                "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/orders/0123")));
    event.put("httpMethod", method);
    event.put("path", path);
    event.put(
        "queryStringParameters", joinedQuery(values -> encode(values.get(values.size() - 1))));
    event.put("headers", headers);
    event.put("body", body);
    event.put("isBase64Encoded", false);
    return event;
  }

  /** Returns the path segments at the placeholders of the route. */
  private Map<String, String> pathParameters() {
    String[] routeSegments = route.split("/", -1);
    String[] pathSegments = path.split("/", -1);
    Map<String, String> parameters = new LinkedHashMap<>();
    for (int i = 0; i < Math.min(routeSegments.length, pathSegments.length); i++) {
      if (routeSegments[i].matches("\\{\\w+}")) {
        parameters.put(
            routeSegments[i].substring(1, routeSegments[i].length() - 1), pathSegments[i]);
      }
    }
    return parameters;
  }

  private Map<String, String> joinedQuery(Function<List<String>, String> joiner) {
    Map<String, String> joined = new LinkedHashMap<>();
    query.forEach((name, values) -> joined.put(name, joiner.apply(values)));
    return joined;
  }

  private String rawQuery() {
    return query.entrySet().stream()
        .flatMap(p -> p.getValue().stream().map(value -> encode(p.getKey()) + "=" + encode(value)))
        .collect(Collectors.joining("&"));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private Map<String, Object> claims() {
    return Map.of("sub", caller, "iss", ISSUER);
  }

  private Map<String, List<String>> multiValueHeaders() {
    Map<String, List<String>> result = new LinkedHashMap<>();
    headers.forEach((name, value) -> result.put(name, List.of(value)));
    return result;
  }
}
