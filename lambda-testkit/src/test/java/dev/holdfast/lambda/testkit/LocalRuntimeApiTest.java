package dev.holdfast.lambda.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lambda.testkit.InvocationResult.FunctionError;
import dev.holdfast.lambda.testkit.InvocationResult.InitError;
import dev.holdfast.lambda.testkit.InvocationResult.Response;
import dev.holdfast.lambda.testkit.InvocationResult.TimedOut;
import dev.holdfast.testkit.ManualClock;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
class LocalRuntimeApiTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration LONG_TIMEOUT = Duration.ofSeconds(30);
  private static final String ERROR =
      "{\"errorType\":\"shop.OutOfStock\",\"errorMessage\":\"no books\"}";

  private final CompletableFuture<Void> timeoutReported = new CompletableFuture<>();
  private final HttpClient http = HttpClient.newHttpClient();

  @AutoClose
  private final LocalRuntimeApi api =
      new LocalRuntimeApi(
          FunctionConfiguration.of("shop.ShipOrder"),
          ManualClock.at(NOW),
          () -> timeoutReported.complete(null));

  @Test
  void next_eventPending_hasInvocationHeaders() throws Exception {
    CompletableFuture<InvocationResult> result = api.invoke("{\"order\":17}", LONG_TIMEOUT);

    HttpResponse<String> next = get("invocation/next");

    assertThat(result).isNotDone();
    assertThat(next.statusCode()).isEqualTo(200);
    assertThat(next.body()).isEqualTo("{\"order\":17}");
    assertThat(header(next, "Lambda-Runtime-Deadline-Ms"))
        .isEqualTo(Long.toString(NOW.plus(LONG_TIMEOUT).toEpochMilli()));
    assertThat(header(next, "Lambda-Runtime-Invoked-Function-Arn")).endsWith(":ShipOrder");
    assertThat(header(next, "Lambda-Runtime-Trace-Id")).startsWith("Root=");
  }

  @Test
  void next_noEvent_waitsForOne() throws Exception {
    CompletableFuture<HttpResponse<String>> next =
        http.sendAsync(request("invocation/next").build(), BodyHandlers.ofString());
    api.initialized().join();
    assertThat(next).isNotDone();

    CompletableFuture<InvocationResult> result = api.invoke("{}", LONG_TIMEOUT);

    assertThat(next.join().body()).isEqualTo("{}");
    assertThat(result).isNotDone();
  }

  @Test
  void response_completesItsInvocation() throws Exception {
    CompletableFuture<InvocationResult> first = api.invoke("1", LONG_TIMEOUT);
    CompletableFuture<InvocationResult> second = api.invoke("2", LONG_TIMEOUT);
    receiveEvent();
    String requestId = receiveEvent();

    assertThat(post("invocation/" + requestId + "/response", "\"ok\"")).isEqualTo(202);

    assertThat(second.join()).isEqualTo(new Response("\"ok\""));
    assertThat(first).isNotDone();
  }

  @Test
  void error_completesItsInvocationWithTypeAndMessage() throws Exception {
    CompletableFuture<InvocationResult> result = api.invoke("{}", LONG_TIMEOUT);

    assertThat(post("invocation/" + receiveEvent() + "/error", ERROR)).isEqualTo(202);

    assertThat(result.join()).isEqualTo(new FunctionError("shop.OutOfStock", "no books", ERROR));
  }

  @Test
  void error_withoutMessage_hasEmptyMessage() throws Exception {
    CompletableFuture<InvocationResult> result = api.invoke("{}", LONG_TIMEOUT);
    String error = "{\"errorType\":\"x\",\"errorMessage\":null}";

    post("invocation/" + receiveEvent() + "/error", error);

    assertThat(result.join()).isEqualTo(new FunctionError("x", "", error));
  }

  @Test
  void initError_completesAllInvocations() throws Exception {
    CompletableFuture<InvocationResult> pending = api.invoke("{}", LONG_TIMEOUT);

    assertThat(post("init/error", ERROR)).isEqualTo(202);

    InitError expected = new InitError("shop.OutOfStock", "no books", ERROR);
    assertThat(pending.join()).isEqualTo(expected);
    assertThat(api.invoke("{}", LONG_TIMEOUT).join()).isEqualTo(expected);
  }

  @Test
  void deadline_passes_isTimedOutAndLaterResponseIsIgnored() throws Exception {
    Duration shortTimeout = Duration.ofMillis(1);
    CompletableFuture<InvocationResult> result = api.invoke("{}", shortTimeout);
    String requestId = receiveEvent();
    timeoutReported.join();

    assertThat(post("invocation/" + requestId + "/response", "\"late\"")).isEqualTo(202);

    assertThat(result.join()).isEqualTo(new TimedOut(shortTimeout));
  }

  @Test
  void deadline_eventStillPending_isNotCounted() throws Exception {
    CompletableFuture<InvocationResult> first = api.invoke("1", LONG_TIMEOUT);
    CompletableFuture<InvocationResult> second = api.invoke("2", Duration.ofMillis(1));
    receiveEvent();
    receiveEvent();
    timeoutReported.join();

    assertThat(second).isCompleted();
    assertThat(first).isNotDone();
  }

  @Test
  void restoreNext_returnsImmediately() throws Exception {
    assertThat(get("restore/next").statusCode()).isEqualTo(200);
  }

  @Test
  void unknownPath_is404() throws Exception {
    assertThat(get("invocation/previous").statusCode()).isEqualTo(404);
  }

  private String receiveEvent() throws Exception {
    return header(get("invocation/next"), "Lambda-Runtime-Aws-Request-Id");
  }

  private HttpResponse<String> get(String path) throws Exception {
    return http.send(request(path).build(), BodyHandlers.ofString());
  }

  private int post(String path, String body) throws Exception {
    HttpRequest post = request(path).POST(BodyPublishers.ofString(body)).build();
    return http.send(post, BodyHandlers.ofString()).statusCode();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(
        URI.create("http://" + api.address() + "/2018-06-01/runtime/" + path));
  }

  private static String header(HttpResponse<String> response, String name) {
    return response.headers().firstValue(name).orElseThrow();
  }
}
