package dev.holdfast.lambda.model;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * An HTTP response, for any trigger. Immutable; every method but the static ones returns a changed
 * copy.
 *
 * @param status from 200 to 599
 * @param headers by name, in lower case
 * @param body text, or bytes in Base64
 * @param encoding which of them
 */
public record HttpResponse(
    int status, Map<String, List<String>> headers, String body, Encoding encoding) {

  /** How a body is passed to the trigger. */
  public enum Encoding {
    /** As it is. */
    TEXT,
    /** Bytes in Base64, which the trigger decodes. */
    BASE64
  }

  /** Copies the headers and checks the status. */
  public HttpResponse {
    if (status < 200 || status > 599) {
      throw new IllegalArgumentException("status must be 200 to 599, got " + status);
    }
    Map<String, List<String>> copy = new LinkedHashMap<>();
    headers.forEach((name, values) -> copy.put(lower(name), List.copyOf(values)));
    headers = Map.copyOf(copy);
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /**
   * A response without a body.
   *
   * @param status from 200 to 599
   * @return the response
   */
  public static HttpResponse of(int status) {
    return new HttpResponse(status, Map.of(), "", Encoding.TEXT);
  }

  /**
   * A response with a body of JSON.
   *
   * @param status from 200 to 599
   * @param json the body
   * @return the response
   */
  public static HttpResponse json(int status, String json) {
    return of(status).text(json).header("content-type", "application/json");
  }

  /**
   * Sets the body.
   *
   * @param text the body
   * @return a changed copy
   */
  public HttpResponse text(String text) {
    return new HttpResponse(status, headers, text, Encoding.TEXT);
  }

  /**
   * Sets the body.
   *
   * @param bytes the body
   * @return a changed copy
   */
  public HttpResponse bytes(byte[] bytes) {
    String base64 = Base64.getEncoder().encodeToString(bytes);
    return new HttpResponse(status, headers, base64, Encoding.BASE64);
  }

  /**
   * Adds a value to a header.
   *
   * @param name of the header
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

  /** Status and size; never what is in it. */
  @Override
  public String toString() {
    return "HttpResponse[" + status + ", " + body.length() + " characters]";
  }
}
