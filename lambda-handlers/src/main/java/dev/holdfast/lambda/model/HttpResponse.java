package dev.holdfast.lambda.model;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * HTTP response for any trigger. Immutable; the instance methods return a changed copy.
 *
 * @param status the status, from 200 to 599
 * @param headers the values of the headers, by name in lower case
 * @param body the text, or the bytes in Base64
 * @param encoding the encoding of the body
 */
public record HttpResponse(
    int status, Map<String, List<String>> headers, String body, Encoding encoding) {

  /** Encoding of a body. */
  public enum Encoding {
    /** The body is text. */
    TEXT,
    /** The body is bytes in Base64, which the trigger decodes. */
    BASE64
  }

  /** Copies the headers and checks the status. */
  public HttpResponse {
    if (status < 200 || status > 599) {
      throw new IllegalArgumentException("status must be from 200 to 599, got " + status);
    }
    Map<String, List<String>> copy = new LinkedHashMap<>();
    headers.forEach((name, values) -> copy.put(lower(name), List.copyOf(values)));
    headers = Map.copyOf(copy);
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /**
   * Returns a response without a body.
   *
   * @param status the status, from 200 to 599
   * @return the response
   */
  public static HttpResponse of(int status) {
    return new HttpResponse(status, Map.of(), "", Encoding.TEXT);
  }

  /**
   * Returns a response with a JSON body.
   *
   * @param status the status, from 200 to 599
   * @param json the body
   * @return the response
   */
  public static HttpResponse json(int status, String json) {
    return of(status).text(json).header("content-type", "application/json");
  }

  /**
   * Returns a copy with a text body.
   *
   * @param text the body
   * @return a changed copy
   */
  public HttpResponse text(String text) {
    return new HttpResponse(status, headers, text, Encoding.TEXT);
  }

  /**
   * Returns a copy with a binary body.
   *
   * @param bytes the body
   * @return a changed copy
   */
  public HttpResponse bytes(byte[] bytes) {
    String base64 = Base64.getEncoder().encodeToString(bytes);
    return new HttpResponse(status, headers, base64, Encoding.BASE64);
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
    values.add(value);
    more.put(lower(name), values);
    return new HttpResponse(status, more, body, encoding);
  }

  /** Returns the status and the size of the body; headers and body are left out. */
  @Override
  public String toString() {
    return "HttpResponse[" + status + ", " + body.length() + " characters]";
  }
}
