package dev.holdfast.demo.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.holdfast.demo.format.TextFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * HTTP proxy between the functions and DynamoDB. Its listeners receive the real requests and
 * responses, so that the results of the demo do not depend on the lock library or the SDK.
 * Thread-safe.
 */
public final class DynamoDbProxy implements AutoCloseable {
  private static final String TARGET_HEADER = "X-Amz-Target";
  private static final List<String> FORWARDED_HEADERS =
      List.of(TARGET_HEADER, "Content-Type", "Authorization");
  private static final JsonMapper JSON = new JsonMapper();

  private final List<Consumer<Exchange>> listeners = new CopyOnWriteArrayList<>();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final HttpServer server;
  private final URI target;

  private DynamoDbProxy(HttpServer server, URI target) {
    this.server = server;
    this.target = target;
  }

  /**
   * Starts a proxy on the loopback address and a free port.
   *
   * @param target the endpoint of DynamoDB
   * @return the running proxy; close it when done
   */
  public static DynamoDbProxy start(URI target) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      DynamoDbProxy proxy = new DynamoDbProxy(server, target);
      server.setExecutor(proxy.executor);
      server.createContext("/", proxy::handle);
      server.start();
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException("the proxy for DynamoDB did not start: " + e.getMessage(), e);
    }
  }

  /**
   * Returns the endpoint of this proxy.
   *
   * @return the endpoint for the clients of the functions
   */
  public URI endpoint() {
    return URI.create(
        TextFormat.format(
            "http://%s:%d",
            server.getAddress().getAddress().getHostAddress(), server.getAddress().getPort()));
  }

  public void addListener(Consumer<Exchange> listener) {
    listeners.add(listener);
  }

  /** Stops the proxy. */
  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      HttpResponse<byte[]> response = forward(exchange, body);
      notifyListeners(exchange, body, response);
      response
          .headers()
          .firstValue("x-amz-crc32")
          .ifPresent(crc -> exchange.getResponseHeaders().set("x-amz-crc32", crc));
      exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
      exchange.sendResponseHeaders(response.statusCode(), response.body().length);
      exchange.getResponseBody().write(response.body());
    } catch (InterruptedException proxyClosed) {
      Thread.currentThread().interrupt();
    }
  }

  private HttpResponse<byte[]> forward(HttpExchange exchange, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target).POST(BodyPublishers.ofByteArray(body));
    for (String name : FORWARDED_HEADERS) {
      exchange.getRequestHeaders().getOrDefault(name, List.of()).stream()
          .findFirst()
          .ifPresent(value -> request.header(name, value));
    }
    return http.send(request.build(), BodyHandlers.ofByteArray());
  }

  private void notifyListeners(HttpExchange exchange, byte[] body, HttpResponse<byte[]> response)
      throws IOException {
    String operation = String.valueOf(exchange.getRequestHeaders().getFirst(TARGET_HEADER));
    Exchange recorded =
        new Exchange(
            operation.substring(operation.lastIndexOf('.') + 1),
            JSON.readTree(body),
            response.statusCode(),
            new String(response.body(), StandardCharsets.UTF_8));
    listeners.forEach(listener -> listener.accept(recorded));
  }

  /**
   * A request and its response.
   *
   * @param operation the operation, for example {@code PutItem}
   * @param request the body of the request
   * @param status the HTTP status of the response
   * @param response the body of the response
   */
  public record Exchange(String operation, JsonNode request, int status, String response) {

    boolean isForTable(String table) {
      return request.path("TableName").asText().equals(table);
    }
  }
}
