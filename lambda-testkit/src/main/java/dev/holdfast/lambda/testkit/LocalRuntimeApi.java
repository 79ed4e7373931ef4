package dev.holdfast.lambda.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.holdfast.lock.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Lambda Runtime API for one execution environment, on a free port of 127.0.0.1. It sends events,
 * accepts results and enforces the deadlines. The time of an invocation starts when the execution
 * environment receives the event, so that the initialization does not count. Thread-safe.
 */
final class LocalRuntimeApi implements AutoCloseable {
  private static final String BASE_PATH = "/2018-06-01/runtime/";
  private static final int OK = 200;
  private static final int ACCEPTED = 202;
  private static final int NOT_FOUND = 404;

  static {
    // The JDK's server sends headers and body separately. Without this property, the body waits 40
    // ms
    // for the delayed acknowledgement of the receiver. The JVM reads it before its first server.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final InvocationQueue invocations = new InvocationQueue();
  private final CompletableFuture<Void> initialized = new CompletableFuture<>();
  private final ExecutorService executor;
  private final ScheduledExecutorService deadlineTimer;
  private final HttpServer server;
  private final FunctionConfiguration function;
  private final TimeSource time;
  private final Runnable onTimeout;

  /**
   * Starts the server.
   *
   * @param onTimeout runs each time that a deadline passes without a result
   */
  LocalRuntimeApi(FunctionConfiguration function, TimeSource time, Runnable onTimeout) {
    this.function = function;
    this.time = time;
    this.onTimeout = onTimeout;
    String name = "runtime-api-" + function.name();
    executor = Executors.newCachedThreadPool(task -> daemonThread(task, name));
    deadlineTimer =
        Executors.newSingleThreadScheduledExecutor(task -> daemonThread(task, name + "-deadline"));
    server = createServer();
    server.setExecutor(executor);
    server.createContext(BASE_PATH, this::handle);
    server.start();
  }

  /** Returns the value of {@code AWS_LAMBDA_RUNTIME_API}. */
  String address() {
    return server.getAddress().getHostString() + ":" + server.getAddress().getPort();
  }

  /** Returns a future that completes when the execution environment requests its first event. */
  CompletableFuture<Void> initialized() {
    return initialized;
  }

  CompletableFuture<InvocationResult> invoke(String event, Duration timeout) {
    return invocations.submit(Invocation.of(event, timeout));
  }

  /**
   * Completes all present and future invocations with a result, because the execution environment
   * has ended.
   */
  void environmentTerminated(InvocationResult result) {
    initialized.completeExceptionally(
        new IllegalStateException(
            "the execution environment ended before it requested an event: " + result));
    invocations.completeAll(result);
  }

  @Override
  public void close() {
    server.stop(0);
    deadlineTimer.shutdownNow();
    executor.shutdownNow();
  }

  private static HttpServer createServer() {
    try {
      byte[] loopback = {127, 0, 0, 1};
      return HttpServer.create(
          new InetSocketAddress(InetAddress.getByAddress("127.0.0.1", loopback), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen on 127.0.0.1", e);
    }
  }

  private static Thread daemonThread(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      route(exchange);
    } catch (InterruptedException serverClosed) {
      Thread.currentThread().interrupt();
    }
  }

  private void route(HttpExchange exchange) throws IOException, InterruptedException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    String[] path = exchange.getRequestURI().getPath().substring(BASE_PATH.length()).split("/", -1);
    switch (String.join("/", path[0], path[path.length - 1])) {
      case "invocation/next" -> sendNextInvocation(exchange);
      case "invocation/response" ->
          acceptResult(exchange, path[1], new InvocationResult.Response(body));
      case "invocation/error" ->
          acceptResult(exchange, path[1], ErrorReport.of(body).toFunctionError());
      case "init/error", "restore/error" -> {
        environmentTerminated(ErrorReport.of(body).toInitError());
        respond(exchange, ACCEPTED, "");
      }
      case "restore/next" -> respond(exchange, OK, "");
      default -> respond(exchange, NOT_FOUND, "");
    }
  }

  private void sendNextInvocation(HttpExchange exchange) throws IOException, InterruptedException {
    initialized.complete(null);
    Invocation invocation = invocations.take();
    long deadline = time.wallTime().plus(invocation.timeout()).toEpochMilli();
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", "application/json");
    headers.set("Lambda-Runtime-Aws-Request-Id", invocation.requestId());
    headers.set("Lambda-Runtime-Deadline-Ms", Long.toString(deadline));
    headers.set("Lambda-Runtime-Invoked-Function-Arn", function.arn());
    headers.set("Lambda-Runtime-Trace-Id", "Root=1-00000000-000000000000000000000000;Sampled=0");
    scheduleTimeout(invocation);
    respond(exchange, OK, invocation.event());
  }

  private void scheduleTimeout(Invocation invocation) {
    InvocationResult timedOut = new InvocationResult.TimedOut(invocation.timeout());
    Runnable timeoutTask =
        () -> {
          if (invocations.complete(invocation.requestId(), timedOut)) {
            onTimeout.run();
          }
        };
    Future<?> unused =
        deadlineTimer.schedule(timeoutTask, invocation.timeout().toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Accepts a result. A result after the deadline is accepted without effect. */
  private void acceptResult(HttpExchange exchange, String requestId, InvocationResult result)
      throws IOException {
    invocations.complete(requestId, result);
    respond(exchange, ACCEPTED, "");
  }

  private static void respond(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
