package dev.holdfast.lambda.model;

import java.util.List;
import java.util.Map;

/**
 * What a request asks for.
 *
 * @param route with placeholders; the path where there are no routes
 * @param path as it was passed
 * @param pathParameters what the placeholders stand for
 * @param queryParameters by name
 */
public record HttpTarget(
    String route,
    String path,
    Map<String, String> pathParameters,
    Map<String, List<String>> queryParameters) {}
