package dev.holdfast.lambda.model;

import dev.holdfast.lock.internal.text.LogText;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * HTTP response for any trigger. Immutable; the instance methods return a changed copy.
 *
 * @param status the status, from 200 to 599
 * @param headers the values of the headers, by name in lower case
 * @param body the text, or the bytes in Base64
 * @param encoding the encoding of the body
 * @param completesEvent whether the request is completed by this response: see {@link
 *     #completesEvent(boolean)}
 */
public record HttpResponse(
    int status,
    Map<String, List<String>> headers,
    String body,
    Encoding encoding,
    boolean completesEvent) {
  private static final int FIRST_SUCCESS = 200;
  private static final int FIRST_REDIRECT = 300;

  /** Encoding of a body. */
  public enum Encoding {
    /** The body is text. */
    TEXT,
    /** The body is bytes in Base64, which the trigger decodes. */
    BASE64
  }

  /** Copies the headers, in their order, and checks the status. */
  public HttpResponse {
    if (status < 200 || status > 599) {
      throw new IllegalArgumentException("status must be from 200 to 599, got " + status);
    }
    Objects.requireNonNull(headers, "headers");
    Objects.requireNonNull(body, "body");
    Objects.requireNonNull(encoding, "encoding");
    Map<String, List<String>> copy = new LinkedHashMap<>();
    headers.forEach(
        (name, values) ->
            copy.merge(
                lower(name),
                List.copyOf(Objects.requireNonNull(values, () -> "values of header " + name)),
                (first, second) -> Stream.concat(first.stream(), second.stream()).toList()));
    headers = Collections.unmodifiableMap(copy);
  }

  private static String lower(String name) {
    return Objects.requireNonNull(name, "name of a header").toLowerCase(Locale.ROOT);
  }

  /**
   * Returns a response without a body. It completes the event if its status is from 200 to 299.
   *
   * @param status the status, from 200 to 599
   * @return the response
   */
  public static HttpResponse of(int status) {
    boolean success = status >= FIRST_SUCCESS && status < FIRST_REDIRECT;
    return new HttpResponse(status, Map.of(), "", Encoding.TEXT, success);
  }

  /**
   * Returns a response with a JSON body.
   *
   * @param status the status, from 200 to 599
   * @param json the body
   * @return the response
   */
  public static HttpResponse json(int status, String json) {
    return of(status)
        .text(Objects.requireNonNull(json, "json"))
        .header("content-type", "application/json");
  }

  /**
   * Returns a copy with a text body.
   *
   * @param text the body
   * @return a changed copy
   */
  public HttpResponse text(String text) {
    Objects.requireNonNull(text, "text");
    return new HttpResponse(status, headers, text, Encoding.TEXT, completesEvent);
  }

  /**
   * Returns a copy with a binary body.
   *
   * @param bytes the body
   * @return a changed copy
   */
  public HttpResponse bytes(byte[] bytes) {
    String base64 = Base64.getEncoder().encodeToString(Objects.requireNonNull(bytes, "bytes"));
    return new HttpResponse(status, headers, base64, Encoding.BASE64, completesEvent);
  }

  /**
   * Returns a copy with a further value of a header.
   *
   * @param name the name of the header
   * @param value the value
   * @return a changed copy
   */
  public HttpResponse header(String name, String value) {
    Map<String, List<String>> more = new LinkedHashMap<>(headers);
    List<String> values = new ArrayList<>(headers.getOrDefault(lower(name), List.of()));
    values.add(
        Objects.requireNonNull(value, () -> "value of header " + LogText.value(lower(name))));
    more.put(lower(name), values);
    return new HttpResponse(status, more, body, encoding, completesEvent);
  }

  /**
   * Returns a copy that completes the event of its request or does not, if the guard deduplicates
   * events. A retry of a completed request receives the stored response, and a retry of another
   * request runs again. By default, only a status from 200 to 299 completes the event.
   *
   * @param completes true for a response that is the same for each retry, such as a final refusal;
   *     false for one that a retry may change
   * @return a changed copy
   */
  public HttpResponse completesEvent(boolean completes) {
    return new HttpResponse(status, headers, body, encoding, completes);
  }

  /** Returns the status and the size of the body; headers and body are left out. */
  @Override
  public String toString() {
    return "HttpResponse[" + status + ", " + body.length() + " characters]";
  }
}
