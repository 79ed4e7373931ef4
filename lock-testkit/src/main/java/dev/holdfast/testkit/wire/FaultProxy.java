package dev.holdfast.testkit.wire;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.holdfast.testkit.Faults;
import dev.holdfast.testkit.HeldRequest;
import dev.holdfast.testkit.ScriptedFault;
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
 * An HTTP proxy on the loopback interface in front of a DynamoDB endpoint, which does to each
 * request what its {@link #faults()} say, and counts requests by operation. Safe for use by several
 * threads.
 *
 * <p>On the wire a fault concerns one sending: the SDK itself sends again where a connection
 * breaks, a 500 comes or a reply is late. {@link dev.holdfast.testkit.Fault#REQUEST_LOST}, {@link
 * dev.holdfast.testkit.Fault#REPLY_LOST} and {@link dev.holdfast.testkit.Fault#UNREACHABLE} close
 * the connection; a held request or reply leaves it open and silent, so that the client's time-out
 * ends the attempt.
 */
public final class FaultProxy implements AutoCloseable {
  /** Without it the server's answers wait 40 ms for a delayed acknowledgement. */
  private static final String NO_DELAY = "sun.net.httpserver.nodelay";

  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  private final Faults faults = new Faults();
  private final Map<String, Integer> requests = new ConcurrentHashMap<>();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private final URI target;
  private final BiFunction<String, String, Optional<String>> denied;

  private FaultProxy(
      HttpServer server, URI target, BiFunction<String, String, Optional<String>> denied) {
    this.server = server;
    this.target = target;
    this.denied = denied;
  }

  /**
   * Starts a proxy on a free port.
   *
   * @param target the endpoint behind it
   * @return the running proxy; close it when done
   */
  public static FaultProxy inFrontOf(URI target) {
    return inFrontOf(target, (operation, body) -> Optional.empty());
  }

  /**
   * Starts a proxy on a free port that denies requests as the service does to who has no permission
   * for them. A request that is denied takes no fault.
   *
   * @param target the endpoint behind it
   * @param denied given a request's operation, such as {@code PutItem}, and its JSON, says which
   *     operation there is no permission for, if any; called by several threads
   * @return the running proxy; close it when done
   */
  public static FaultProxy inFrontOf(
      URI target, BiFunction<String, String, Optional<String>> denied) {
    System.setProperty(NO_DELAY, "true");
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), 0), 0);
      var proxy = new FaultProxy(server, target, denied);
      server.setExecutor(proxy.threads);
      server.createContext("/", proxy::handle);
      server.start();
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException("the fault proxy did not start: " + e.getMessage(), e);
    }
  }

  /**
   * Where the proxy listens: the endpoint to give to a client.
   *
   * @return an {@code http} address on the loopback interface
   */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /**
   * The script of what goes wrong.
   *
   * @return this proxy's one script
   */
  public Faults faults() {
    return faults;
  }

  /**
   * How many requests came in, resends and those that were lost among them.
   *
   * @return the number of requests by operation, such as {@code PutItem}
   */
  public Map<String, Integer> requests() {
    return Map.copyOf(requests);
  }

  /** Forgets the requests counted so far. */
  public void resetRequests() {
    requests.clear();
  }

  /** Stops the proxy; what it still holds is dropped. */
  @Override
  public void close() {
    threads.shutdownNow();
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    var passage = new Passage(exchange, http, target);
    requests.merge(passage.operation(), 1, Integer::sum);
    try {
      Optional<String> operation = denied.apply(passage.operation(), passage.body());
      if (operation.isPresent()) {
        passage.answer(ServiceError.accessDenied(operation.get(), passage.table()));
      } else {
        play(passage, faults.take());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      passage.drop();
    }
  }

  private static void play(Passage passage, ScriptedFault scripted)
      throws IOException, InterruptedException {
    scripted.before().run();
    switch (scripted.fault()) {
      case NONE -> answer(passage, scripted);
      case REQUEST_LOST, UNREACHABLE -> passage.drop();
      case REPLY_LOST -> dropReply(passage);
      case REQUEST_HELD -> holdRequest(passage, scripted.held());
      case REPLY_HELD -> holdReply(passage, scripted.held());
      case DUPLICATED -> duplicate(passage, scripted.held());
      case FAILED_BEFORE_APPLYING -> passage.answer(ServiceError.internal());
      case FAILED_AFTER_APPLYING -> fail(passage);
      case THROTTLED -> passage.answer(ServiceError.throttled());
      case THROUGHPUT_EXCEEDED -> passage.answer(ServiceError.throughputExceeded());
      case DENIED ->
          passage.answer(ServiceError.accessDenied(passage.operation(), passage.table()));
    }
  }

  private static void answer(Passage passage, ScriptedFault scripted)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> reply = passage.forward();
    scripted.after().run();
    passage.answer(reply);
  }

  private static void dropReply(Passage passage) throws IOException, InterruptedException {
    passage.forward();
    passage.drop();
  }

  private static void fail(Passage passage) throws IOException, InterruptedException {
    passage.forward();
    passage.answer(ServiceError.internal());
  }

  private static void duplicate(Passage passage, HeldRequest held)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> reply = passage.forward();
    held.hold(() -> forwardNow(passage));
    passage.answer(reply);
  }

  private static void holdRequest(Passage passage, HeldRequest held) throws InterruptedException {
    var delivered = new CountDownLatch(1);
    held.hold(
        () -> {
          forwardNow(passage);
          delivered.countDown();
        });
    delivered.await();
    passage.drop();
  }

  private static void holdReply(Passage passage, HeldRequest held)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> reply = passage.forward();
    var delivered = new CountDownLatch(1);
    held.hold(delivered::countDown);
    delivered.await();
    passage.answer(reply);
  }

  private static void forwardNow(Passage passage) {
    try {
      passage.forward();
    } catch (IOException e) {
      throw new UncheckedIOException("the held request could not be delivered", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while delivering a held request", e);
    }
  }
}
