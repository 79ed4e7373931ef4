package dev.holdfast.lambda.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.lambda.error.InvalidEventException;
import dev.holdfast.lambda.internal.json.JsonCodec;
import dev.holdfast.lock.internal.text.LogText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * HTTP request from API Gateway, a function URL or an Application Load Balancer. The class hides
 * the differences between their events. Immutable.
 */
public final class HttpRequest {
  private final HttpTarget target;
  private final Map<String, List<String>> headers;
  private final Optional<String> principal;
  private final byte[] body;

  /**
   * Creates a request.
   *
   * @param target the method and the address
   * @param headers the values of the headers, by name in any case
   * @param principal the caller that the trigger authenticated; empty if it authenticated none
   * @param body the decoded body; the request keeps a copy
   */
  public HttpRequest(
      HttpTarget target,
      Map<String, List<String>> headers,
      Optional<String> principal,
      byte[] body) {
    this.target = target;
    this.headers = new LinkedHashMap<>();
    headers.forEach(
        (name, values) ->
            this.headers
                .computeIfAbsent(name.toLowerCase(Locale.ROOT), key -> new ArrayList<>())
                .addAll(values));
    this.principal = principal;
    this.body = body.clone();
  }

  /**
   * Returns the method.
   *
   * @return the method, in upper case
   */
  public String method() {
    return target.method();
  }

  /**
   * Returns the route that the request matched, such as {@code /orders/{id}}. Function URLs, load
   * balancers and default routes have no routes; there it is the path.
   *
   * @return the route, without the method
   */
  public String route() {
    return target.route();
  }

  /**
   * Returns the requested path.
   *
   * @return the path, as the trigger passes it
   */
  public String path() {
    return target.path();
  }

  /**
   * Returns the value of a placeholder of the route.
   *
   * @param name the name of the placeholder
   * @return its value in the path; empty if the route has no such placeholder
   */
  public Optional<String> pathParameter(String name) {
    return Optional.ofNullable(target.pathParameters().get(name));
  }

  /**
   * Returns the values of a query parameter.
   *
   * @param name the name of the parameter
   * @return its values, in order; empty if the request does not have it
   */
  public List<String> queryParameter(String name) {
    return target.queryParameters().getOrDefault(name, List.of());
  }

  /**
   * Returns the values of a header. Some triggers join several values with commas into one.
   *
   * @param name the name of the header, in any case
   * @return its values, in order; empty if the request does not have it
   */
  public List<String> header(String name) {
    return List.copyOf(headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()));
  }

  /**
   * Returns the caller that the trigger authenticated.
   *
   * @return the caller; empty if the trigger has no authorizer or does not pass its result on
   */
  public Optional<String> principal() {
    return principal;
  }

  /**
   * Returns the body as text.
   *
   * @return the body, decoded from UTF-8; an empty text if there is none
   */
  public String body() {
    return new String(body, UTF_8);
  }

  /**
   * Returns the body as bytes.
   *
   * @return a copy of the body as the caller sent it
   */
  public byte[] bodyBytes() {
    return body.clone();
  }

  /**
   * Reads the body as JSON.
   *
   * @param type a record or another class of yours
   * @param <T> the type
   * @return the body
   * @throws InvalidEventException if the body is not JSON of this type. If {@code resourceId}
   *     throws it, the response has status 400.
   */
  public <T> T bodyAs(Class<T> type) {
    return JsonCodec.of(type).read(body);
  }

  /**
   * Returns the method and the address.
   *
   * @return the target of the request
   */
  public HttpTarget target() {
    return target;
  }

  /** Returns the method and the route; headers, query and body are left out. */
  @Override
  public String toString() {
    return LogText.escape(target.method() + " " + target.route());
  }
}
