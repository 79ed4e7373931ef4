package dev.holdfast.lambda;

import static dev.holdfast.lambda.fixtures.HttpOrderHandler.header;
import static dev.holdfast.lambda.fixtures.HttpOrderHandler.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.lambda.fixtures.GuardFixture;
import dev.holdfast.lambda.fixtures.HttpOrderHandler;
import dev.holdfast.lambda.internal.http.HttpProblem;
import dev.holdfast.lambda.model.HttpRequest;
import dev.holdfast.lambda.model.HttpResponse;
import dev.holdfast.lambda.testkit.SampleEvents;
import dev.holdfast.lambda.testkit.SampleHttpRequest;
import dev.holdfast.lock.Holder;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.testkit.Fault;
import dev.holdfast.testkit.OtherHost;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LockedHttpHandlerTest {
  private static final SampleHttpRequest PAYMENT =
      SampleHttpRequest.of("POST", "/orders/17")
          .route("/orders/{id}")
          .header("Idempotency-Key", "key-1")
          .body("{\"amount\":42}")
          .caller("alice");

  private final GuardFixture fixture = new GuardFixture();
  private final HttpOrderHandler api =
      new HttpOrderHandler(fixture, fixture.guard().storingResults(GuardFixture.DAY, 4_096));
  private final HttpOrderHandler apiWithoutDeduplication =
      new HttpOrderHandler(fixture, fixture.guard());
  private final OtherHost other = OtherHost.on(fixture.table, fixture.time);

  @Test
  void request_freeLock_runsUnderTheLock() throws IOException {
    JsonNode response = apiWithoutDeduplication.send(SampleHttpRequest.of("GET", "/orders/17"));
    assertThat(status(response)).isEqualTo(201);
    assertThat(response.path("body").asText()).isEqualTo("{\"paid\":1}");
    assertThat(header(response, "content-type")).isEqualTo("application/json");
    assertThat(response.path("isBase64Encoded").asBoolean()).isFalse();
    assertThat(fixture.requestSummary()).isEqualTo("1 puts (0 rejected), 1 deletes, 0 others");
  }

  @Test
  void duplicate_withoutStoredResponse_isAConflict() throws IOException {
    HttpOrderHandler handler = new HttpOrderHandler(fixture, fixture.deduplicatingGuard());
    handler.send(PAYMENT);
    assertThat(fixture.table.rows().toString()).doesNotContain("paid");

    JsonNode again = handler.send(PAYMENT);
    assertThat(status(again)).isEqualTo(409);
    assertThat(again.path("body").asText()).contains("already completed");
    assertThat(again.path("multiValueHeaders").has("retry-after")).isFalse();
    assertThat(handler.requests).hasSize(1);
  }

  @Test
  void response_tooLarge_isReturnedButNotStored() throws IOException {
    api.work = request -> HttpResponse.of(200).text("x".repeat(5_000));
    assertThat(status(api.send(PAYMENT))).isEqualTo(200);
    assertThat(status(api.send(PAYMENT))).isEqualTo(409);
    assertThat(api.requests).hasSize(1);
  }

  @Test
  void usedKey_withAnotherRequest_isUnprocessable() throws IOException {
    api.send(PAYMENT);
    assertThat(status(api.send(PAYMENT.body("{\"amount\":43}")))).isEqualTo(422);
    assertThat(
            status(
                api.send(
                    new SampleHttpRequest(
                        "POST",
                        "/orders/18",
                        "/orders/{id}",
                        PAYMENT.headers(),
                        PAYMENT.body(),
                        "alice",
                        Map.of()))))
        .isEqualTo(422);
    assertThat(api.requests).hasSize(1);
  }

  @Test
  void usedKey_ofAnotherCallerMethodOrRoute_isProcessed() throws IOException {
    api.send(PAYMENT);
    api.send(PAYMENT.caller("bob"));
    api.send(PAYMENT.route("/{proxy+}"));
    SampleHttpRequest put =
        new SampleHttpRequest(
            "PUT",
            PAYMENT.path(),
            PAYMENT.route(),
            PAYMENT.headers(),
            PAYMENT.body(),
            "alice",
            Map.of());
    api.send(put);
    assertThat(api.requests).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE"})
  void missingKey_onUnsafeMethod_isABadRequest(String method) throws IOException {
    JsonNode response = api.send(SampleHttpRequest.of(method, "/orders/17").caller("alice"));
    assertThat(status(response)).isEqualTo(400);
    assertThat(response.path("body").asText()).contains("Idempotency-Key is missing");
    assertThat(header(response, "content-type")).isEqualTo("application/problem+json");
    assertThat(fixture.counts().puts()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "OPTIONS"})
  void missingKey_onSafeMethod_isProcessed(String method) throws IOException {
    assertThat(status(api.send(SampleHttpRequest.of(method, "/orders/17")))).isEqualTo(201);
  }

  @Test
  void missingKey_withoutDeduplication_isProcessed() throws IOException {
    assertThat(status(apiWithoutDeduplication.send(SampleHttpRequest.of("POST", "/orders/17"))))
        .isEqualTo(201);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "é", "a\nb"})
  void key_malformed_isABadRequest(String key) throws IOException {
    assertThat(status(api.send(PAYMENT.header("Idempotency-Key", key)))).isEqualTo(400);
  }

  @Test
  void key_tooLongOrRepeated_isABadRequest() throws IOException {
    assertThat(status(api.send(PAYMENT.header("Idempotency-Key", "k".repeat(255))))).isEqualTo(201);
    assertThat(status(api.send(PAYMENT.header("Idempotency-Key", "k".repeat(256))))).isEqualTo(400);
    String twice = SampleEvents.restApi(PAYMENT).replace("[\"key-1\"]", "[\"key-1\",\"key-2\"]");
    assertThat(status(api.send(twice))).isEqualTo(400);
  }

  @Test
  void principal_unknown_failsAndRunsNothing() {
    assertThatIllegalStateException()
        .isThrownBy(() -> api.send(PAYMENT.caller("")))
        .withMessageContaining("override principal");
    assertThat(fixture.counts().puts()).isZero();
  }

  @Test
  void principal_overridden_isUsed() throws IOException {
    HttpOrderHandler handler =
        new HttpOrderHandler(fixture, fixture.deduplicatingGuard()) {
          @Override
          protected Optional<String> principal(HttpRequest request) {
            return request.header("x-customer").stream().findFirst();
          }
        };
    handler.send(PAYMENT.caller("").header("X-Customer", "1"));
    handler.send(PAYMENT.caller("").header("X-Customer", "2"));
    assertThat(status(handler.send(PAYMENT.caller("").header("X-Customer", "1")))).isEqualTo(409);
    assertThat(handler.requests).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"PT10S, 11", "PT1S, 2", "PT28.5S, 30"})
  void busyLock_isAConflict_retryAfterTheLeaseEnd(Duration lease, String seconds)
      throws IOException {
    other.acquire(LockRequest.of("/orders/17").leaseDuration(lease));
    JsonNode response = api.send(PAYMENT);
    assertThat(status(response)).isEqualTo(409);
    assertThat(header(response, "retry-after")).isEqualTo(seconds);
    assertThat(response.toString()).doesNotContain("another host");
    assertThat(fixture.time.wallTime())
        .as("the request did not wait")
        .isEqualTo("2026-01-01T00:00:00Z");
    assertThat(fixture.table.rows())
        .as("the event lock is released")
        .containsOnlyKeys("/orders/17");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT29.5S", "PT10M", "PT15M", "PT24H"})
  void busyLock_longLease_retryAfterIsBounded(Duration lease) throws IOException {
    other.acquire(LockRequest.of("/orders/17").leaseDuration(lease));
    assertThat(header(api.send(PAYMENT), "retry-after")).isEqualTo("30");
  }

  @ParameterizedTest
  @CsvSource({
    "9999-12-31T23:59:59.999Z, 30",
    "1970-01-01T00:00:00Z, 1",
    "+300000-01-01T00:00:00Z, 30"
  })
  void retryAfter_ofAnyLeaseEnd_isFrom1To30(Instant leaseEnd, String seconds) {
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    Holder holder = new Holder("another host", Optional.empty(), now, leaseEnd);
    assertThat(HttpProblem.busy(holder, now).headers().get("retry-after")).containsExactly(seconds);
  }

  @Test
  void busyLock_maxWaitSet_isWaitedFor() throws IOException {
    var otherLock = other.acquire("/orders/17");
    fixture.time.runAfter(Duration.ofMillis(500), otherLock::close);
    HttpOrderHandler waitingApi =
        new HttpOrderHandler(fixture, fixture.guard().maxWait(Duration.ofSeconds(1)));
    assertThat(status(waitingApi.send(PAYMENT))).isEqualTo(201);
  }

  @ParameterizedTest
  @EnumSource(names = {"DENIED", "THROTTLED", "UNREACHABLE"})
  void tableFailure_isServiceUnavailableAndRunsNothing(Fault fault) throws IOException {
    fixture.table.faults().always(fault);
    JsonNode response = api.send(PAYMENT);
    assertThat(status(response)).isEqualTo(503);
    assertThat(header(response, "retry-after")).isEqualTo("2");
    assertThat(api.requests).isEmpty();
  }

  @Test
  void workThrows_isRethrownUnchangedAndNotCompleted() {
    RuntimeException thrown = new IllegalStateException("no paper");
    api.work =
        request -> {
          throw thrown;
        };
    for (int i = 1; i <= 2; i++) {
      assertThatThrownBy(() -> api.send(PAYMENT)).isSameAs(thrown);
      assertThat(api.requests).hasSize(i);
    }
    assertThat(fixture.table.rows()).isEmpty();
  }
}
