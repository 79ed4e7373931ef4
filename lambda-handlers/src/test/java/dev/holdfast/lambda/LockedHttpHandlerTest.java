package dev.holdfast.lambda;

import static dev.holdfast.lambda.Api.header;
import static dev.holdfast.lambda.Api.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.lambda.testkit.HttpCall;
import dev.holdfast.lambda.testkit.SampleEvents;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.testkit.Fault;
import dev.holdfast.testkit.OtherHost;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LockedHttpHandlerTest {
  private static final HttpCall PAY =
      HttpCall.of("POST", "/orders/17")
          .route("/orders/{id}")
          .header("Idempotency-Key", "key-1")
          .body("{\"amount\":42}")
          .caller("alice");

  private final Bench bench = new Bench();
  private final Api api = new Api(bench, bench.guard().rememberingResults(Bench.DAY, 4_096));
  private final Api forgetful = new Api(bench, bench.guard());
  private final OtherHost other = OtherHost.on(bench.table, bench.time);

  @Test
  void request_isWorkedOnUnderItsLock() throws IOException {
    JsonNode answer = forgetful.send(HttpCall.of("GET", "/orders/17"));
    assertThat(status(answer)).isEqualTo(201);
    assertThat(answer.path("body").asText()).isEqualTo("{\"paid\":1}");
    assertThat(header(answer, "content-type")).isEqualTo("application/json");
    assertThat(answer.path("isBase64Encoded").asBoolean()).isFalse();
    assertThat(bench.requests()).isEqualTo("1 puts (0 refused), 1 deletes, 0 others");
  }

  @Test
  void duplicate_getsTheSameResponseAndIsNotWorkedOn() throws IOException {
    JsonNode first = api.send(PAY);
    assertThat(api.send(PAY)).isEqualTo(first);
    assertThat(api.requests).hasSize(1);
    assertThat(bench.requests()).isEqualTo("4 puts (1 refused), 1 deletes, 0 others");
  }

  @Test
  void duplicate_ofBytes_getsTheSameBytes() throws IOException {
    api.work = request -> HttpResponse.of(200).bytes(new byte[] {0, 1, (byte) 0xff});
    JsonNode first = api.send(PAY);
    assertThat(first.path("isBase64Encoded").asBoolean()).isTrue();
    assertThat(first.path("body").asText()).isEqualTo("AAH/");
    assertThat(api.send(PAY)).isEqualTo(first);
  }

  @Test
  void duplicate_neverGetsCookiesOrAuthorizationAgain_andTheTableNeverHasThem() throws IOException {
    api.work =
        request ->
            HttpResponse.json(200, "{}")
                .header("Set-Cookie", "session=s3cret")
                .header("Authorization", "Bearer s3cret")
                .header("X-Order", "17");
    assertThat(header(api.send(PAY), "set-cookie")).isEqualTo("session=s3cret");

    JsonNode again = api.send(PAY);
    assertThat(header(again, "x-order")).isEqualTo("17");
    assertThat(again.toString()).doesNotContain("s3cret");
    assertThat(bench.table.rows().toString()).doesNotContain("s3cret");
  }

  @Test
  void duplicate_whereNoResponsesAreKept_isToldThatItIsDone() throws IOException {
    Api keeping = new Api(bench, bench.remembering());
    keeping.send(PAY);
    assertThat(bench.table.rows().toString()).doesNotContain("paid");

    JsonNode again = keeping.send(PAY);
    assertThat(status(again)).isEqualTo(409);
    assertThat(again.path("body").asText()).contains("already done");
    assertThat(again.path("multiValueHeaders").has("retry-after")).isFalse();
    assertThat(keeping.requests).hasSize(1);
  }

  @Test
  void responseTooLarge_isGivenAndRememberedWithoutIt() throws IOException {
    api.work = request -> HttpResponse.of(200).text("x".repeat(5_000));
    assertThat(status(api.send(PAY))).isEqualTo(200);
    assertThat(status(api.send(PAY))).isEqualTo(409);
    assertThat(api.requests).hasSize(1);
  }

  @Test
  void otherRequestUnderAUsedKey_isUnprocessable() throws IOException {
    api.send(PAY);
    assertThat(status(api.send(PAY.body("{\"amount\":43}")))).isEqualTo(422);
    assertThat(
            status(
                api.send(
                    new HttpCall(
                        "POST", "/orders/18", "/orders/{id}", PAY.headers(), PAY.body(), "alice"))))
        .isEqualTo(422);
    assertThat(api.requests).hasSize(1);
  }

  @Test
  void sameKeyOfAnotherCallerMethodOrRoute_isAnotherRequest() throws IOException {
    api.send(PAY);
    api.send(PAY.caller("bob"));
    api.send(PAY.route("/{proxy+}"));
    HttpCall put = new HttpCall("PUT", PAY.path(), PAY.route(), PAY.headers(), PAY.body(), "alice");
    api.send(put);
    assertThat(api.requests).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE"})
  void noKeyWhereOneIsRequired_isABadRequest(String method) throws IOException {
    JsonNode answer = api.send(HttpCall.of(method, "/orders/17").caller("alice"));
    assertThat(status(answer)).isEqualTo(400);
    assertThat(answer.path("body").asText()).contains("Idempotency-Key is missing");
    assertThat(header(answer, "content-type")).isEqualTo("application/problem+json");
    assertThat(bench.counts().puts()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "OPTIONS"})
  void noKeyOfASafeMethod_isFine(String method) throws IOException {
    assertThat(status(api.send(HttpCall.of(method, "/orders/17")))).isEqualTo(201);
  }

  @Test
  void noKeyWhereNothingIsRemembered_isFine() throws IOException {
    assertThat(status(forgetful.send(HttpCall.of("POST", "/orders/17")))).isEqualTo(201);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "é", "a\nb"})
  void keyThatIsNone_isABadRequest(String key) throws IOException {
    assertThat(status(api.send(PAY.header("Idempotency-Key", key)))).isEqualTo(400);
  }

  @Test
  void key_hasAtMost255CharactersAndIsOneHeader() throws IOException {
    assertThat(status(api.send(PAY.header("Idempotency-Key", "k".repeat(255))))).isEqualTo(201);
    assertThat(status(api.send(PAY.header("Idempotency-Key", "k".repeat(256))))).isEqualTo(400);
    String twice = SampleEvents.restApi(PAY).replace("[\"key-1\"]", "[\"key-1\",\"key-2\"]");
    assertThat(status(api.send(twice))).isEqualTo(400);
  }

  @Test
  void callerUnknown_isTheHandlersFaultAndNothingRuns() {
    assertThatIllegalStateException()
        .isThrownBy(() -> api.send(PAY.caller("")))
        .withMessageContaining("override principal");
    assertThat(bench.counts().puts()).isZero();
  }

  @Test
  void callerGivenByTheHandler_isUsed() throws IOException {
    Api open =
        new Api(bench, bench.remembering()) {
          @Override
          protected Optional<String> principal(HttpRequest request) {
            return request.header("x-customer").stream().findFirst();
          }
        };
    open.send(PAY.caller("").header("X-Customer", "1"));
    open.send(PAY.caller("").header("X-Customer", "2"));
    assertThat(status(open.send(PAY.caller("").header("X-Customer", "1")))).isEqualTo(409);
    assertThat(open.requests).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"PT10S, 11", "PT1S, 2", "PT29.5S, 31"})
  void busy_isAConflictUntilTheObservedHoldEnds(Duration lease, String seconds) throws IOException {
    other.holds(LockRequest.of("/orders/17").lease(lease));
    JsonNode answer = api.send(PAY);
    assertThat(status(answer)).isEqualTo(409);
    assertThat(header(answer, "retry-after")).isEqualTo(seconds);
    assertThat(answer.toString()).doesNotContain("another host");
    assertThat(bench.time.wall()).as("it did not wait").isEqualTo("2026-01-01T00:00:00Z");
    assertThat(bench.table.rows()).as("its key is given back").containsOnlyKeys("/orders/17");
  }

  @Test
  void busy_waitsWhereThatWasAskedFor() throws IOException {
    var theirs = other.holds("/orders/17");
    bench.time.after(Duration.ofMillis(500), theirs::close);
    Api patient = new Api(bench, bench.guard().waitUpTo(Duration.ofSeconds(1)));
    assertThat(status(patient.send(PAY))).isEqualTo(201);
  }

  @ParameterizedTest
  @EnumSource(names = {"DENIED", "THROTTLED", "UNREACHABLE"})
  void tableSilent_isUnavailableAndNothingRuns(Fault fault) throws IOException {
    bench.table.faults().every(fault);
    JsonNode answer = api.send(PAY);
    assertThat(status(answer)).isEqualTo(503);
    assertThat(header(answer, "retry-after")).isEqualTo("2");
    assertThat(api.requests).isEmpty();
  }

  @Test
  void workThrows_comesOutUnchangedAndIsNotRemembered() {
    RuntimeException thrown = new IllegalStateException("no paper");
    api.work =
        request -> {
          throw thrown;
        };
    for (int i = 1; i <= 2; i++) {
      assertThatThrownBy(() -> api.send(PAY)).isSameAs(thrown);
      assertThat(api.requests).hasSize(i);
    }
    assertThat(bench.table.rows()).isEmpty();
  }

  @Test
  void serverError_isGivenAndNotRemembered_aClientErrorIs() throws IOException {
    api.work = request -> HttpResponse.of(503);
    assertThat(status(api.send(PAY))).isEqualTo(503);
    api.work = request -> HttpResponse.of(404);
    assertThat(status(api.send(PAY))).isEqualTo(404);
    assertThat(status(api.send(PAY))).isEqualTo(404);
    assertThat(api.requests).hasSize(2);
  }
}
