package dev.holdfast.lambda.internal.http;

import dev.holdfast.lambda.internal.json.CanonicalJson;
import dev.holdfast.lambda.model.HttpRequest;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Payload of a request: its path, its query and its body. It is a list, so that its JSON keeps the
 * parts apart: different requests have different payloads.
 */
public final class HttpPayload {

  private HttpPayload() {}

  /**
   * Returns the payload of a request. The body counts in its canonical form if it is JSON: if the
   * content type says so, or if it is an object or an array.
   */
  public static List<Object> of(HttpRequest request) {
    byte[] body = request.bodyBytes();
    Optional<CanonicalJson> json =
        CanonicalJson.of(body).filter(parsed -> parsed.isContainer() || isJson(request));
    return List.of(
        request.path(),
        new TreeMap<>(request.target().queryParameters()),
        json.isPresent() ? "json" : "bytes",
        json.map(CanonicalJson::text).orElseGet(() -> Base64.getEncoder().encodeToString(body)));
  }

  private static boolean isJson(HttpRequest request) {
    return request.header("content-type").stream()
        .map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
        .anyMatch(type -> type.equals("application/json") || type.endsWith("+json"));
  }
}
