package dev.holdfast.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.lock.StoredResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A response as it lies in the table for its duplicates. What is one caller's alone is left out:
 * whoever can read the table could use it, and it may have expired.
 */
final class KeptResponse {
  private static final Set<String> NEVER = Set.of("set-cookie", "authorization");
  private static final JsonType<HttpResponse> TYPE = JsonType.of(HttpResponse.class);

  private KeptResponse() {}

  static String json(HttpResponse response) {
    Map<String, List<String>> headers = new LinkedHashMap<>(response.headers());
    headers.keySet().removeAll(NEVER);
    HttpResponse kept =
        new HttpResponse(response.status(), headers, response.body(), response.encoding());
    return new String(TYPE.write(kept), UTF_8);
  }

  static HttpResponse of(StoredResult result) {
    return TYPE.read(result.bytes());
  }
}
