package dev.holdfast.lambda.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.lambda.error.InvalidEventException;
import dev.holdfast.lambda.internal.http.HttpEventReader;
import dev.holdfast.lambda.internal.http.PrincipalReader;
import dev.holdfast.lambda.internal.json.JsonCodec;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An HTTP request, whether it came through API Gateway, a function URL or a load balancer.
 * Immutable.
 */
public final class HttpRequest {
  private final String method;
  private final HttpTarget target;
  private final Map<String, List<String>> headers;
  private final Optional<String> principal;
  private final byte[] body;

  public HttpRequest(String method, HttpTarget target, HttpEventReader event) {
    this.method = method;
    this.target = target;
    this.headers = event.headers();
    this.principal = PrincipalReader.read(event.child("requestContext"));
    this.body = event.body();
  }

  /**
   * The method.
   *
   * @return in upper case
   */
  public String method() {
    return method;
  }

  /**
   * The route that the request matched, such as {@code /orders/{id}}; the path where there are no
   * routes: function URLs, load balancers, default routes.
   *
   * @return the route, without the method
   */
  public String route() {
    return target.route();
  }

  /**
   * The path that was asked for.
   *
   * @return the path, as the trigger passes it
   */
  public String path() {
    return target.path();
  }

  /**
   * What a placeholder of the route stands for.
   *
   * @param name of the placeholder
   * @return its value in the path; empty where the route has none of that name
   */
  public Optional<String> pathParameter(String name) {
    return Optional.ofNullable(target.pathParameters().get(name));
  }

  /**
   * A query parameter.
   *
   * @param name of the parameter
   * @return its values, in order; empty where there is none
   */
  public List<String> queryParameter(String name) {
    return target.queryParameters().getOrDefault(name, List.of());
  }

  /**
   * A header's values. Some triggers join them by commas into one.
   *
   * @param name of the header, in any case
   * @return its values, in order; empty where there is none
   */
  public List<String> header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
  }

  /**
   * Who the trigger says that the caller is.
   *
   * @return empty where it did not look, or does not tell
   */
  public Optional<String> principal() {
    return principal;
  }

  /**
   * The body as text.
   *
   * @return empty where there is none
   */
  public String body() {
    return new String(body, UTF_8);
  }

  /**
   * The body as it was sent.
   *
   * @return a copy
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
   * @throws InvalidEventException if it is none of that type; thrown by {@code resourceId}, it is
   *     answered by 400
   */
  public <T> T bodyAs(Class<T> type) {
    return JsonCodec.of(type).read(body);
  }

  public HttpTarget target() {
    return target;
  }

  /** Method and route; what was sent is left out. */
  @Override
  public String toString() {
    return method + " " + target.route();
  }
}
