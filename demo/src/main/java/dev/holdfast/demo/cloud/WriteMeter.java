package dev.holdfast.demo.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Stands between the functions and DynamoDB, passes everything on, and counts what one table is
 * asked for: at the wire, so that neither the lock's nor the SDK's word is taken for it.
 * Thread-safe.
 */
public final class WriteMeter implements AutoCloseable {
  private static final int BYTES_OF_A_UNIT = 1024;
  private static final int REFUSED = 400;
  private static final String TARGET = "X-Amz-Target";
  private static final List<String> PASSED_ON = List.of(TARGET, "Content-Type", "Authorization");
  private static final JsonMapper JSON = new JsonMapper();

  private final AtomicReference<Writes> writes = new AtomicReference<>(Writes.NONE);
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private final URI target;
  private final String table;

  private WriteMeter(HttpServer server, URI target, String table) {
    this.server = server;
    this.target = target;
    this.table = table;
  }

  /**
   * Starts a meter on the loopback address and a free port.
   *
   * @param target the endpoint behind it
   * @param table whose writes are counted
   * @return the running meter; close it when done
   */
  public static WriteMeter inFrontOf(URI target, String table) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      WriteMeter meter = new WriteMeter(server, target, table);
      server.setExecutor(meter.threads);
      server.createContext("/", meter::pass);
      server.start();
      return meter;
    } catch (IOException e) {
      throw new UncheckedIOException("the write meter did not start: " + e.getMessage(), e);
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

  /**
   * What was counted since the start or the last {@link #reset()}.
   *
   * @return the numbers
   */
  public Writes writes() {
    return writes.get();
  }

  /** Starts to count anew. */
  public void reset() {
    writes.set(Writes.NONE);
  }

  /** Stops the meter. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void pass(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      HttpResponse<byte[]> reply = forward(exchange, body);
      count(String.valueOf(exchange.getRequestHeaders().getFirst(TARGET)), body, reply);
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

  private void count(String operation, byte[] body, HttpResponse<byte[]> reply) throws IOException {
    JsonNode request = JSON.readTree(body);
    if (!request.path("TableName").asText().equals(table)) {
      return;
    }
    boolean refused =
        reply.statusCode() == REFUSED
            && new String(reply.body(), StandardCharsets.UTF_8)
                .contains("ConditionalCheckFailedException");
    if (operation.endsWith(".PutItem")) {
      add(new Writes(1, refused ? 1 : 0, 0, units(request.path("Item"))));
    } else if (operation.endsWith(".DeleteItem")) {
      add(new Writes(0, 0, 1, 1));
    }
  }

  private void add(Writes more) {
    writes.accumulateAndGet(more, Writes::plus);
  }

  /** The JSON of a row is longer than the row, so this never counts too little. */
  private static int units(JsonNode item) {
    int bytes = item.toString().getBytes(StandardCharsets.UTF_8).length;
    return Math.max(1, (bytes + BYTES_OF_A_UNIT - 1) / BYTES_OF_A_UNIT);
  }
}
