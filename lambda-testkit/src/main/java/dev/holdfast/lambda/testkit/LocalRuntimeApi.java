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
 * The Lambda Runtime API for one sandbox, on a free port of 127.0.0.1: hands out events, takes
 * answers, and judges the deadline. An invocation's time starts when the sandbox takes its event,
 * so that its initialization does not count. Thread-safe.
 */
final class LocalRuntimeApi implements AutoCloseable {
  private static final String ROOT = "/2018-06-01/runtime/";
  private static final int OK = 200;
  private static final int ACCEPTED = 202;
  private static final int NOT_FOUND = 404;

  static {
    // The JDK's server sends headers and body apart, and without this the body waits 40 ms for the
    // receiver's delayed acknowledgement. It can only be set for the JVM, before the first server.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final Invocations invocations = new Invocations();
  private final CompletableFuture<Void> initialized = new CompletableFuture<>();
  private final ExecutorService workers;
  private final ScheduledExecutorService timer;
  private final HttpServer server;
  private final FunctionConfiguration function;
  private final TimeSource time;
  private final Runnable overdue;

  /**
   * Starts to listen.
   *
   * @param overdue run each time that a deadline passes without an answer
   */
  LocalRuntimeApi(FunctionConfiguration function, TimeSource time, Runnable overdue) {
    this.function = function;
    this.time = time;
    this.overdue = overdue;
    String name = "runtime-api-" + function.name();
    workers = Executors.newCachedThreadPool(task -> daemon(task, name));
    timer = Executors.newSingleThreadScheduledExecutor(task -> daemon(task, name + "-deadline"));
    server = listen();
    server.setExecutor(workers);
    server.createContext(ROOT, this::answerOnce);
    server.start();
  }

  /** What goes into {@code AWS_LAMBDA_RUNTIME_API}. */
  String address() {
    return server.getAddress().getHostString() + ":" + server.getAddress().getPort();
  }

  /** Completed when the sandbox has asked for its first event. */
  CompletableFuture<Void> initialized() {
    return initialized;
  }

  CompletableFuture<InvocationResult> invoke(String event, Duration timeout) {
    return invocations.submit(Invocation.of(event, timeout));
  }

  /** The sandbox is gone: everything open and to come is answered with {@code result}. */
  void sandboxEnded(InvocationResult result) {
    initialized.completeExceptionally(
        new IllegalStateException("the sandbox ended before it asked for an event: " + result));
    invocations.endWith(result);
  }

  @Override
  public void close() {
    server.stop(0);
    timer.shutdownNow();
    workers.shutdownNow();
  }

  private static HttpServer listen() {
    try {
      byte[] loopback = {127, 0, 0, 1};
      return HttpServer.create(
          new InetSocketAddress(InetAddress.getByAddress("127.0.0.1", loopback), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen on 127.0.0.1", e);
    }
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  private void answerOnce(HttpExchange exchange) throws IOException {
    try (exchange) {
      route(exchange);
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void route(HttpExchange exchange) throws IOException, InterruptedException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    String[] path = exchange.getRequestURI().getPath().substring(ROOT.length()).split("/", -1);
    switch (String.join("/", path[0], path[path.length - 1])) {
      case "invocation/next" -> handOut(exchange);
      case "invocation/response" -> accept(exchange, path[1], new InvocationResult.Response(body));
      case "invocation/error" -> accept(exchange, path[1], ErrorReport.of(body).asFunctionError());
      case "init/error", "restore/error" -> {
        sandboxEnded(ErrorReport.of(body).asInitError());
        reply(exchange, ACCEPTED, "");
      }
      case "restore/next" -> reply(exchange, OK, "");
      default -> reply(exchange, NOT_FOUND, "");
    }
  }

  private void handOut(HttpExchange exchange) throws IOException, InterruptedException {
    initialized.complete(null);
    Invocation invocation = invocations.take();
    long deadline = time.wall().plus(invocation.timeout()).toEpochMilli();
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", "application/json");
    headers.set("Lambda-Runtime-Aws-Request-Id", invocation.requestId());
    headers.set("Lambda-Runtime-Deadline-Ms", Long.toString(deadline));
    headers.set("Lambda-Runtime-Invoked-Function-Arn", function.arn());
    headers.set("Lambda-Runtime-Trace-Id", "Root=1-00000000-000000000000000000000000;Sampled=0");
    watchDeadline(invocation);
    reply(exchange, OK, invocation.event());
  }

  private void watchDeadline(Invocation invocation) {
    InvocationResult timedOut = new InvocationResult.TimedOut(invocation.timeout());
    Runnable deadline =
        () -> {
          if (invocations.answer(invocation.requestId(), timedOut)) {
            overdue.run();
          }
        };
    Future<?> unused =
        timer.schedule(deadline, invocation.timeout().toNanos(), TimeUnit.NANOSECONDS);
  }

  /** An answer that comes after the deadline is accepted and changes nothing. */
  private void accept(HttpExchange exchange, String requestId, InvocationResult result)
      throws IOException {
    invocations.answer(requestId, result);
    reply(exchange, ACCEPTED, "");
  }

  private static void reply(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
