package dev.holdfast.testkit.wire;

import com.sun.net.httpserver.HttpExchange;
import dev.holdfast.testkit.ServiceError;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One request that passes through the proxy. */
final class ProxyExchange {
  private static final Pattern TABLE = Pattern.compile("\"TableName\"\\s*:\\s*\"([^\"]+)\"");

  /** Headers of one connection, which each side of the proxy sets itself. */
  private static final Set<String> HOP_BY_HOP_HEADERS =
      Set.of(
          "connection", "content-length", "expect", "host", "transfer-encoding", "upgrade", "date");

  private final HttpExchange exchange;
  private final byte[] body;
  private final HttpClient httpClient;
  private final URI endpoint;

  ProxyExchange(HttpExchange exchange, HttpClient httpClient, URI endpoint) throws IOException {
    this.exchange = exchange;
    this.body = exchange.getRequestBody().readAllBytes();
    this.httpClient = httpClient;
    this.endpoint = endpoint;
  }

  /** Returns the name of the operation, such as PutItem. */
  String operation() {
    String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
    return target == null ? "none" : target.substring(target.indexOf('.') + 1);
  }

  String table() {
    Matcher matcher = TABLE.matcher(body());
    return matcher.find() ? matcher.group(1) : "unknown";
  }

  /** Returns the body of the request. */
  String body() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** Forwards the request to the endpoint. A duplicate calls this method again. */
  HttpResponse<byte[]> forward() throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint.resolve(exchange.getRequestURI()))
            .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> values.forEach(value -> copy(request, name, value)));
    return httpClient.send(request.build(), BodyHandlers.ofByteArray());
  }

  void reply(HttpResponse<byte[]> response) throws IOException {
    response
        .headers()
        .map()
        .forEach((name, values) -> values.forEach(value -> copyToReply(name, value)));
    send(response.statusCode(), response.body());
  }

  void reply(ServiceError error) throws IOException {
    String json =
        String.format(
            Locale.ROOT, "{\"__type\":\"%s\",\"message\":\"%s\"}", error.type(), error.message());
    exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
    exchange.getResponseHeaders().set("x-amzn-RequestId", "injected");
    send(error.status(), json.getBytes(StandardCharsets.UTF_8));
  }

  /** Closes the connection without a response. */
  void closeConnection() {
    exchange.close();
  }

  private void send(int status, byte[] responseBody) throws IOException {
    exchange.sendResponseHeaders(status, responseBody.length);
    exchange.getResponseBody().write(responseBody);
    exchange.close();
  }

  private void copyToReply(String name, String value) {
    if (!isHopByHop(name)) {
      exchange.getResponseHeaders().add(name, value);
    }
  }

  private static void copy(HttpRequest.Builder request, String name, String value) {
    if (!isHopByHop(name)) {
      request.header(name, value);
    }
  }

  private static boolean isHopByHop(String header) {
    return HOP_BY_HOP_HEADERS.contains(header.toLowerCase(Locale.ROOT));
  }
}
