package dev.holdfast.demo.cloud;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.holdfast.demo.cloud.WireTap.Exchange;
import dev.holdfast.demo.words.Text;
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

/**
 * Stands between the functions and DynamoDB and passes everything on. Who taps it sees what was
 * really asked and answered, so that neither the lock's nor the SDK's word is taken for it.
 * Thread-safe.
 */
public final class Wire implements AutoCloseable {
  private static final String TARGET = "X-Amz-Target";
  private static final List<String> PASSED_ON = List.of(TARGET, "Content-Type", "Authorization");
  private static final JsonMapper JSON = new JsonMapper();

  private final List<WireTap> taps = new CopyOnWriteArrayList<>();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private final URI target;

  private Wire(HttpServer server, URI target) {
    this.server = server;
    this.target = target;
  }

  /**
   * Starts a wire on the loopback address and a free port.
   *
   * @param target the endpoint behind it
   * @return the running wire; close it when done
   */
  public static Wire to(URI target) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      Wire wire = new Wire(server, target);
      server.setExecutor(wire.threads);
      server.createContext("/", wire::pass);
      server.start();
      return wire;
    } catch (IOException e) {
      throw new UncheckedIOException("the wire to DynamoDB did not start: " + e.getMessage(), e);
    }
  }

  /**
   * Where it listens.
   *
   * @return the endpoint for the functions' clients
   */
  public URI endpoint() {
    return URI.create(
        Text.of(
            "http://%s:%d",
            server.getAddress().getAddress().getHostAddress(), server.getAddress().getPort()));
  }

  void tap(WireTap tap) {
    taps.add(tap);
  }

  /** Stops the wire. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void pass(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      HttpResponse<byte[]> reply = forward(exchange, body);
      show(exchange, body, reply);
      reply
          .headers()
          .firstValue("x-amz-crc32")
          .ifPresent(crc -> exchange.getResponseHeaders().set("x-amz-crc32", crc));
      exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
      exchange.sendResponseHeaders(reply.statusCode(), reply.body().length);
      exchange.getResponseBody().write(reply.body());
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  private HttpResponse<byte[]> forward(HttpExchange exchange, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target).POST(BodyPublishers.ofByteArray(body));
    for (String name : PASSED_ON) {
      exchange.getRequestHeaders().getOrDefault(name, List.of()).stream()
          .findFirst()
          .ifPresent(value -> request.header(name, value));
    }
    return http.send(request.build(), BodyHandlers.ofByteArray());
  }

  private void show(HttpExchange exchange, byte[] body, HttpResponse<byte[]> reply)
      throws IOException {
    String operation = String.valueOf(exchange.getRequestHeaders().getFirst(TARGET));
    Exchange seen =
        new Exchange(
            operation.substring(operation.lastIndexOf('.') + 1),
            JSON.readTree(body),
            reply.statusCode(),
            new String(reply.body(), StandardCharsets.UTF_8));
    taps.forEach(tap -> tap.passed(seen));
  }
}
