package dev.holdfast.lambda;

import static dev.holdfast.lambda.fixtures.HttpOrderHandler.header;
import static dev.holdfast.lambda.fixtures.HttpOrderHandler.status;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.lambda.fixtures.GuardFixture;
import dev.holdfast.lambda.fixtures.HttpOrderHandler;
import dev.holdfast.lambda.model.HttpRequest;
import dev.holdfast.lambda.model.HttpResponse;
import dev.holdfast.lambda.testkit.InProcessInvoker;
import dev.holdfast.lambda.testkit.SampleEvents;
import dev.holdfast.lambda.testkit.SampleHttpRequest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests which responses complete a request, and that a duplicate receives the first response. */
class HttpReplayTest {
  private static final SampleHttpRequest PAYMENT =
      SampleHttpRequest.of("POST", "/orders/17")
          .header("Idempotency-Key", "key-1")
          .body("{\"amount\":42,\"to\":\"bob\"}")
          .caller("alice");

  private final GuardFixture fixture = new GuardFixture();
  private final HttpOrderHandler api =
      new HttpOrderHandler(fixture, fixture.guard().storingResults(GuardFixture.DAY, 4_096)) {
        @Override
        protected Optional<String> principal(HttpRequest request) {
          return Optional.of("alice");
        }
      };

  private String send(String event) throws IOException {
    return InProcessInvoker.of(api).invoke(event, fixture.context());
  }

  @Test
  void duplicate_receivesTheFirstResponseAndNothingRuns() throws IOException {
    String first = send(SampleEvents.restApi(PAYMENT));
    String replayed = send(SampleEvents.restApi(PAYMENT));
    assertThat(withoutReplayHeader(replayed)).isEqualTo(first);
    assertThat(replayed)
        .isEqualTo(
            "{\"statusCode\":201,\"multiValueHeaders\":{\"content-type\":[\"application/json\"],"
                + "\"idempotency-replayed\":[\"true\"]},"
                + "\"body\":\"{\\\"paid\\\":1}\",\"isBase64Encoded\":false}");
    assertThat(api.requests).hasSize(1);
    assertThat(fixture.requestSummary()).isEqualTo("4 puts (1 rejected), 1 deletes, 0 others");
  }

  private static String withoutReplayHeader(String response) {
    return response.replaceAll(",?\"idempotency-replayed\":(?:\\[\"true\"]|\"true\")(?=})", "");
  }

  static Stream<Named<Function<SampleHttpRequest, String>>> formats() {
    return Stream.of(
        Named.of("REST API", SampleEvents::restApi),
        Named.of("HTTP API", SampleEvents::httpApi),
        Named.of("function URL", SampleEvents::functionUrl),
        Named.of("load balancer", SampleEvents::loadBalancer));
  }

  @ParameterizedTest
  @MethodSource("formats")
  void anyResponse_isReplayedByteForByte(Function<SampleHttpRequest, String> format)
      throws IOException {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      HttpResponse response = randomResponse(random);
      api.work = request -> response;
      String event = format.apply(PAYMENT.header("Idempotency-Key", "key-" + i));
      String first = send(event);
      String replayed = send(event);
      assertThat(replayed).as("seed %d", seed).contains("\"idempotency-replayed\":");
      assertThat(withoutReplayHeader(replayed)).as("seed %d", seed).isEqualTo(first);
    }
    assertThat(api.requests).hasSize(200);
  }

  private static HttpResponse randomResponse(Random random) {
    HttpResponse response = HttpResponse.of(200 + random.nextInt(400)).completesEvent(true);
    for (int n = random.nextInt(5); n > 0; n--) {
      response = response.header("X-" + (char) ('A' + random.nextInt(6)), randomText(random));
    }
    byte[] bytes = new byte[random.nextInt(50)];
    random.nextBytes(bytes);
    return random.nextBoolean() ? response.bytes(bytes) : response.text(randomText(random));
  }

  /** Returns a text with control characters, JSON's special characters and unpaired surrogates. */
  private static String randomText(Random random) {
    StringBuilder text = new StringBuilder();
    for (int n = random.nextInt(20); n > 0; n--) {
      int kind = random.nextInt(4);
      text.append(
          kind == 0
              ? "\"\\/{}[]:,=".charAt(random.nextInt(10))
              : (char) random.nextInt(kind == 1 ? 0x80 : 0x10000));
    }
    return text.toString();
  }

  @Test
  void binaryResponse_isReplayed() throws IOException {
    api.work = request -> HttpResponse.of(200).bytes(new byte[] {0, 1, (byte) 0xff});
    for (int i = 0; i < 2; i++) {
      JsonNode response = api.send(PAYMENT);
      assertThat(response.path("isBase64Encoded").asBoolean()).isTrue();
      assertThat(response.path("body").asText()).isEqualTo("AAH/");
    }
    assertThat(api.requests).hasSize(1);
  }

  @Test
  void sensitiveHeaders_areNeitherStoredNorReplayed() throws IOException {
    api.work =
        request ->
            HttpResponse.json(200, "{}")
                .header("Set-Cookie", "session=s3cret")
                .header("Authorization", "Bearer s3cret")
                .header("X-Order", "17");
    assertThat(header(api.send(PAYMENT), "set-cookie")).isEqualTo("session=s3cret");

    JsonNode again = api.send(PAYMENT);
    assertThat(header(again, "x-order")).isEqualTo("17");
    assertThat(again.toString()).doesNotContain("s3cret");
    assertThat(fixture.table.rows().toString()).doesNotContain("s3cret");
  }

  @Test
  void replayHeader_ofTheHandler_isReplacedOnReplay() throws IOException {
    api.work = request -> HttpResponse.of(200).header("Idempotency-Replayed", "false");
    assertThat(header(api.send(PAYMENT), "idempotency-replayed")).isEqualTo("false");
    assertThat(api.send(PAYMENT).path("multiValueHeaders").toString())
        .isEqualTo("{\"idempotency-replayed\":[\"true\"]}");
  }

  private List<Integer> sendTwice(HttpResponse response) throws IOException {
    api.work = request -> response;
    return List.of(status(api.send(PAYMENT)), status(api.send(PAYMENT)));
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 202, 204, 206, 299})
  void success_completesTheRequest(int status) throws IOException {
    assertThat(sendTwice(HttpResponse.of(status))).containsExactly(status, status);
    assertThat(api.requests).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 303, 304, 400, 401, 404, 409, 422, 429, 499, 500, 501, 503, 599})
  void otherStatus_isSentUnchangedAndTheRetryRuns(int status) throws IOException {
    assertThat(sendTwice(HttpResponse.of(status).text("first"))).containsExactly(status, status);
    assertThat(api.requests).hasSize(2);
    assertThat(fixture.table.rows()).as("nothing is stored").isEmpty();
    assertThat(sendTwice(HttpResponse.of(200))).containsExactly(200, 200);
    assertThat(api.requests).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {303, 404, 409, 500})
  void otherStatus_markedByTheHandler_completesTheRequest(int status) throws IOException {
    assertThat(sendTwice(HttpResponse.of(status).completesEvent(true).text("final")))
        .containsExactly(status, status);
    assertThat(api.requests).hasSize(1);
  }

  @Test
  void success_markedByTheHandler_doesNotCompleteTheRequest() throws IOException {
    assertThat(sendTwice(HttpResponse.of(202).header("a", "b").completesEvent(false)))
        .containsExactly(202, 202);
    assertThat(api.requests).hasSize(2);
  }

  @Test
  void nullResponse_isNoContentAndCompletesTheRequest() throws IOException {
    api.work = request -> null;
    assertThat(status(api.send(PAYMENT))).isEqualTo(204);
    assertThat(status(api.send(PAYMENT))).isEqualTo(204);
    assertThat(api.requests).hasSize(1);
  }

  @Test
  void nullResponse_withoutStoredResponses_isNotRepeated() throws IOException {
    HttpOrderHandler handler = new HttpOrderHandler(fixture, fixture.deduplicatingGuard());
    handler.work = request -> null;
    assertThat(status(handler.send(PAYMENT))).isEqualTo(204);
    assertThat(status(handler.send(PAYMENT))).isEqualTo(409);
    assertThat(handler.requests).hasSize(1);
  }

  @Test
  void withoutStoredResponses_onlyACompletingResponseIsNotRepeated() throws IOException {
    HttpOrderHandler handler = new HttpOrderHandler(fixture, fixture.deduplicatingGuard());
    for (HttpResponse response : List.of(HttpResponse.of(404), HttpResponse.of(404))) {
      handler.work = request -> response;
      assertThat(status(handler.send(PAYMENT))).isEqualTo(404);
    }
    handler.work = request -> HttpResponse.of(404).completesEvent(true);
    assertThat(status(handler.send(PAYMENT))).isEqualTo(404);
    JsonNode duplicate = handler.send(PAYMENT);
    assertThat(status(duplicate)).isEqualTo(409);
    assertThat(duplicate.toString()).doesNotContain("idempotency-replayed");
    assertThat(handler.requests).hasSize(3);
  }

  @Test
  void storedResponse_isReadableJsonInTheRow() throws IOException {
    api.send(PAYMENT);
    assertThat(fixture.table.rows().toString())
        .contains(
            "{\"status\":201,\"headers\":{\"content-type\":[\"application/json\"]},"
                + "\"body\":\"{\\\"paid\\\":1}\",\"encoding\":\"TEXT\"}");
  }

  private static String eventWithMethod(String method) {
    return SampleEvents.restApi(PAYMENT)
        .replace("\"httpMethod\":\"POST\"", "\"httpMethod\":\"" + method + "\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"post", "Post", "pOST"})
  void methodInAnyCase_isOneRequest(String method) throws IOException {
    send(eventWithMethod("POST"));
    send(eventWithMethod(method));
    assertThat(api.requests).hasSize(1);
    assertThat(api.requests.get(0).method()).isEqualTo("POST");
  }

  @Test
  void safeMethodInLowerCase_needsNoKey() throws IOException {
    SampleHttpRequest read = SampleHttpRequest.of("get", "/orders/17").caller("alice");
    assertThat(status(api.send(read))).isEqualTo(201);
  }
}
