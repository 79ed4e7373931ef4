package dev.holdfast.lambda;

import java.util.List;
import java.util.Map;

/**
 * What a request asks for.
 *
 * @param route with placeholders; the path where there are no routes
 * @param path as it was passed
 * @param parameters what the placeholders stand for
 * @param query by name
 */
record HttpTarget(
    String route, String path, Map<String, String> parameters, Map<String, List<String>> query) {}
