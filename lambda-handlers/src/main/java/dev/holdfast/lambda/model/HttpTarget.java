package dev.holdfast.lambda.model;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Method and address of an HTTP request. Immutable.
 *
 * @param method the method; upper case, whatever the caller sent
 * @param route the matched route with its placeholders, without the method; the path if the trigger
 *     has no routes
 * @param path the path, as the trigger passes it
 * @param pathParameters the values of the route's placeholders, by name
 * @param queryParameters the values of the query parameters, by name
 */
public record HttpTarget(
    String method,
    String route,
    String path,
    Map<String, String> pathParameters,
    Map<String, List<String>> queryParameters) {

  /** Changes the method to upper case. */
  public HttpTarget {
    method = method.toUpperCase(Locale.ROOT);
  }
}
