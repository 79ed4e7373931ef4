package dev.holdfast.lambda.internal.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.lambda.internal.json.JsonCodec;
import dev.holdfast.lambda.model.HttpResponse;
import dev.holdfast.lock.StoredResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Codec of the responses that the lock table stores for duplicates. Cookies and credentials are
 * left out: readers of the table could use them, and they may have expired.
 */
public final class StoredResponse {
  private static final Set<String> EXCLUDED_HEADERS = Set.of("set-cookie", "authorization");
  private static final JsonCodec<HttpResponse> CODEC = JsonCodec.of(HttpResponse.class);

  private StoredResponse() {}

  /** Returns a response as JSON, without the excluded headers. */
  public static String toJson(HttpResponse response) {
    Map<String, List<String>> headers = new LinkedHashMap<>(response.headers());
    headers.keySet().removeAll(EXCLUDED_HEADERS);
    HttpResponse stored =
        new HttpResponse(response.status(), headers, response.body(), response.encoding());
    return new String(CODEC.write(stored), UTF_8);
  }

  /** Reads a stored response. */
  public static HttpResponse fromResult(StoredResult result) {
    return CODEC.read(result.bytes());
  }
}
