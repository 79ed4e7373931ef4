package dev.holdfast.testkit.wire;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.holdfast.testkit.FaultInjector;
import dev.holdfast.testkit.InjectedFault;
import dev.holdfast.testkit.PendingDelivery;
import dev.holdfast.testkit.ServiceError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;

/**
 * HTTP proxy on the loopback interface in front of a DynamoDB endpoint. It injects its {@link
 * #faults()} and counts requests by operation. Thread-safe.
 *
 * <p>A fault affects one HTTP request. The SDK retries after a broken connection, a status 500 or a
 * late reply. {@link dev.holdfast.testkit.Fault#REQUEST_LOST}, {@link
 * dev.holdfast.testkit.Fault#REPLY_LOST} and {@link dev.holdfast.testkit.Fault#UNREACHABLE} close
 * the connection. A delayed request or reply leaves the connection open, so that the timeout of the
 * client ends the attempt.
 */
public final class FaultProxy implements AutoCloseable {
  /** Property that disables the delay of 40 ms for a delayed acknowledgement. */
  private static final String NO_DELAY_PROPERTY = "sun.net.httpserver.nodelay";

  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  private final FaultInjector faults = new FaultInjector();
  private final Map<String, Integer> requestCounts = new ConcurrentHashMap<>();
  private final HttpClient httpClient =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final HttpServer server;
  private final URI target;
  private final BiFunction<String, String, Optional<String>> deniedOperation;

  private FaultProxy(
      HttpServer server, URI target, BiFunction<String, String, Optional<String>> deniedOperation) {
    this.server = server;
    this.target = target;
    this.deniedOperation = deniedOperation;
  }

  /**
   * Starts a proxy on a free port.
   *
   * @param target the endpoint of DynamoDB
   * @return the running proxy; close it when done
   */
  public static FaultProxy start(URI target) {
    return start(target, (operation, body) -> Optional.empty());
  }

  /**
   * Starts a proxy on a free port that denies requests as the service does for a caller without
   * permission. A denied request consumes no fault.
   *
   * @param target the endpoint of DynamoDB
   * @param deniedOperation receives the operation of a request, such as {@code PutItem}, and its
   *     JSON; returns the operation to deny, if any; called by several threads
   * @return the running proxy; close it when done
   */
  public static FaultProxy start(
      URI target, BiFunction<String, String, Optional<String>> deniedOperation) {
    System.setProperty(NO_DELAY_PROPERTY, "true");
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), 0), 0);
      var proxy = new FaultProxy(server, target, deniedOperation);
      server.setExecutor(proxy.executor);
      server.createContext("/", proxy::handle);
      server.start();
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException("the fault proxy did not start: " + e.getMessage(), e);
    }
  }

  /**
   * Returns the endpoint for clients.
   *
   * @return an {@code http} address on the loopback interface
   */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /**
   * Returns the script of faults.
   *
   * @return the script of this proxy
   */
  public FaultInjector faults() {
    return faults;
  }

  /**
   * Returns how many requests the proxy received, including retries and lost requests.
   *
   * @return the number of requests by operation, such as {@code PutItem}
   */
  public Map<String, Integer> requestCounts() {
    return Map.copyOf(requestCounts);
  }

  /** Resets the request counts. */
  public void resetRequestCounts() {
    requestCounts.clear();
  }

  /** Stops the proxy and drops delayed requests and replies. */
  @Override
  public void close() {
    executor.shutdownNow();
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    var proxied = new ProxyExchange(exchange, httpClient, target);
    requestCounts.merge(proxied.operation(), 1, Integer::sum);
    try {
      Optional<String> operation = deniedOperation.apply(proxied.operation(), proxied.body());
      if (operation.isPresent()) {
        proxied.reply(ServiceError.accessDenied(operation.get(), proxied.table()));
      } else {
        inject(proxied, faults.nextFault());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      proxied.closeConnection();
    }
  }

  private static void inject(ProxyExchange exchange, InjectedFault scripted)
      throws IOException, InterruptedException {
    scripted.beforeApply().run();
    switch (scripted.fault()) {
      case NONE -> forwardAndReply(exchange, scripted);
      case REQUEST_LOST, UNREACHABLE -> exchange.closeConnection();
      case REPLY_LOST -> dropReply(exchange);
      case REQUEST_DELAYED -> delayRequest(exchange, scripted.delivery());
      case REPLY_DELAYED -> delayReply(exchange, scripted.delivery());
      case DUPLICATED -> forwardAndDuplicate(exchange, scripted.delivery());
      case FAILED_BEFORE_APPLYING -> exchange.reply(ServiceError.internal());
      case FAILED_AFTER_APPLYING -> forwardAndFail(exchange);
      case THROTTLED -> exchange.reply(ServiceError.throttled());
      case THROUGHPUT_EXCEEDED -> exchange.reply(ServiceError.throughputExceeded());
      case TRANSACTION_CONFLICT -> exchange.reply(ServiceError.transactionConflict());
      case REPLICATED_WRITE_CONFLICT -> exchange.reply(ServiceError.replicatedWriteConflict());
      case DENIED ->
          exchange.reply(ServiceError.accessDenied(exchange.operation(), exchange.table()));
    }
  }

  private static void forwardAndReply(ProxyExchange exchange, InjectedFault scripted)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> reply = exchange.forward();
    scripted.afterApply().run();
    exchange.reply(reply);
  }

  private static void dropReply(ProxyExchange exchange) throws IOException, InterruptedException {
    exchange.forward();
    exchange.closeConnection();
  }

  private static void forwardAndFail(ProxyExchange exchange)
      throws IOException, InterruptedException {
    exchange.forward();
    exchange.reply(ServiceError.internal());
  }

  private static void forwardAndDuplicate(ProxyExchange exchange, PendingDelivery delivery)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> reply = exchange.forward();
    delivery.markSent(() -> forwardNow(exchange));
    exchange.reply(reply);
  }

  private static void delayRequest(ProxyExchange exchange, PendingDelivery delivery)
      throws InterruptedException {
    var delivered = new CountDownLatch(1);
    delivery.markSent(
        () -> {
          forwardNow(exchange);
          delivered.countDown();
        });
    delivered.await();
    exchange.closeConnection();
  }

  private static void delayReply(ProxyExchange exchange, PendingDelivery delivery)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> reply = exchange.forward();
    var delivered = new CountDownLatch(1);
    delivery.markSent(delivered::countDown);
    delivered.await();
    exchange.reply(reply);
  }

  private static void forwardNow(ProxyExchange exchange) {
    try {
      exchange.forward();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot deliver the delayed request", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while delivering a delayed request", e);
    }
  }
}
