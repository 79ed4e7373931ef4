package dev.holdfast.lambda.internal.http;

import dev.holdfast.lambda.internal.json.JsonCodec;
import dev.holdfast.lambda.internal.json.ResultBytes;
import dev.holdfast.lambda.model.HttpResponse;
import dev.holdfast.lock.StoredResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Response that the lock table stores for duplicates. All of its values are texts or whole numbers,
 * so it is read as it was written. Cookies and credentials are left out: readers of the table could
 * use them, and they may have expired.
 *
 * @param status the status
 * @param headers the values of the headers, in their order
 * @param body the text, or the bytes in Base64
 * @param encoding the encoding of the body
 */
public record StoredResponse(
    int status, Map<String, List<String>> headers, String body, HttpResponse.Encoding encoding) {
  private static final Set<String> EXCLUDED_HEADERS = Set.of("set-cookie", "authorization");
  private static final String REPLAYED_HEADER = "idempotency-replayed";
  private static final JsonCodec<StoredResponse> CODEC = JsonCodec.of(StoredResponse.class);

  /** Returns a response without the excluded headers. */
  public static StoredResult toResult(HttpResponse response) {
    Map<String, List<String>> headers = new LinkedHashMap<>(response.headers());
    headers.keySet().removeAll(EXCLUDED_HEADERS);
    StoredResponse stored =
        new StoredResponse(response.status(), headers, response.body(), response.encoding());
    return ResultBytes.toStoredResult(CODEC.write(stored));
  }

  /** Reads a stored response and adds the header that tells the caller that it is a replay. */
  public static HttpResponse replay(StoredResult result) {
    StoredResponse stored = CODEC.read(result.bytes());
    Map<String, List<String>> headers = new LinkedHashMap<>(stored.headers());
    headers.put(REPLAYED_HEADER, List.of("true"));
    return new HttpResponse(stored.status(), headers, stored.body(), stored.encoding(), true);
  }
}
