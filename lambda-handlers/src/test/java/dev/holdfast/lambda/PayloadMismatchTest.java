package dev.holdfast.lambda;

import static dev.holdfast.lambda.fixtures.HttpOrderHandler.status;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.holdfast.lambda.fixtures.GuardFixture;
import dev.holdfast.lambda.fixtures.HttpOrderHandler;
import dev.holdfast.lambda.fixtures.OrderHandlers.StubHandler;
import dev.holdfast.lambda.model.HttpRequest;
import dev.holdfast.lambda.testkit.SampleEvents;
import dev.holdfast.lambda.testkit.SampleHttpRequest;
import dev.holdfast.lock.AlreadyCompletedException;
import dev.holdfast.lock.PayloadMismatchException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that an event id is refused for another payload, and which payloads are the same. */
class PayloadMismatchTest {

  record Order(String id, int amount) {}

  private static final SampleHttpRequest SEARCH =
      SampleHttpRequest.of("POST", "/a").header("Idempotency-Key", "k").caller("alice");
  private static final SampleHttpRequest TWO_VALUES = SEARCH.query("a", "b").query("a", "c d");

  private final GuardFixture fixture = new GuardFixture();
  private final Guard storingGuard = fixture.guard().storingResults(GuardFixture.DAY, 1_000);

  /** Handler of all orders under one event id. */
  private class PaymentHandler extends StubHandler<String, Order> {
    PaymentHandler(Guard guard) {
      super(guard);
      withEventId("e-1").withWork(order -> fixture.process("paid " + order.amount()));
    }
  }

  private String invoke(StubHandler<String, ?> handler, String json) throws IOException {
    return handler.invoke(json, fixture.context());
  }

  @Test
  void handler_storedResult_isNotAnsweredForAnotherPayload() throws IOException {
    PaymentHandler handler = new PaymentHandler(storingGuard);
    invoke(handler, "{\"id\":\"17\",\"amount\":5}");
    assertThatExceptionOfType(PayloadMismatchException.class)
        .isThrownBy(() -> invoke(handler, "{\"id\":\"17\",\"amount\":500}"));
    assertThat(fixture.processed).containsExactly("paid 5");
    assertThat(fixture.requestSummary())
        .as("4 writes for the work and its event, 1 for the other payload")
        .isEqualTo("4 puts (1 rejected), 1 deletes, 0 others");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":\"17\",\"amount\":5}",
        "{ \"amount\": 5,\n \"id\": \"17\" }",
        "{\"amount\":5.0e0,\"\\u0069d\":\"\\u00317\"}"
      })
  void handler_sameJsonInAnotherNotation_isADuplicate(String json) throws IOException {
    PaymentHandler handler = new PaymentHandler(storingGuard);
    invoke(handler, "{\"id\":\"17\",\"amount\":5}");
    assertThat(invoke(handler, json)).isEqualTo("\"paid 5\"");
    assertThat(fixture.processed).hasSize(1);
  }

  @Test
  void handler_fieldThatItsClassDoesNotKnow_countsToo() throws IOException {
    PaymentHandler handler = new PaymentHandler(storingGuard);
    invoke(handler, "{\"id\":\"17\",\"amount\":5,\"currency\":\"EUR\"}");
    assertThatExceptionOfType(PayloadMismatchException.class)
        .isThrownBy(() -> invoke(handler, "{\"id\":\"17\",\"amount\":5,\"currency\":\"USD\"}"));
  }

  @Test
  void handler_payloadOverridden_comparesThatOnly() throws IOException {
    PaymentHandler handler =
        new PaymentHandler(storingGuard) {
          @Override
          protected Optional<Object> payload(Order order) {
            return Optional.of(order.amount());
          }
        };
    invoke(handler, "{\"id\":\"17\",\"amount\":5,\"sentAt\":1}");
    assertThat(invoke(handler, "{\"id\":\"17\",\"amount\":5,\"sentAt\":2}"))
        .isEqualTo("\"paid 5\"");
    assertThatExceptionOfType(PayloadMismatchException.class)
        .isThrownBy(() -> invoke(handler, "{\"id\":\"17\",\"amount\":6,\"sentAt\":1}"));
  }

  @Test
  void handler_payloadSwitchedOff_comparesNothing() throws IOException {
    PaymentHandler handler =
        new PaymentHandler(storingGuard) {
          @Override
          protected Optional<Object> payload(Order order) {
            return Optional.empty();
          }
        };
    invoke(handler, "{\"id\":\"17\",\"amount\":5}");
    assertThat(invoke(handler, "{\"id\":\"17\",\"amount\":500}")).isEqualTo("\"paid 5\"");
  }

  @Test
  void handler_withoutStoredResults_comparesOnlyIfAsked() throws IOException {
    PaymentHandler handler = new PaymentHandler(fixture.deduplicatingGuard());
    invoke(handler, "{\"id\":\"17\",\"amount\":5}");
    assertThatExceptionOfType(AlreadyCompletedException.class)
        .isThrownBy(() -> invoke(handler, "{\"id\":\"17\",\"amount\":500}"));
    PaymentHandler comparing =
        new PaymentHandler(fixture.deduplicatingGuard().consumer("other")) {
          @Override
          protected Optional<Object> payload(Order order) {
            return Optional.of(order);
          }
        };
    invoke(comparing, "{\"id\":\"17\",\"amount\":5}");
    assertThatExceptionOfType(PayloadMismatchException.class)
        .isThrownBy(() -> invoke(comparing, "{\"id\":\"17\",\"amount\":500}"));
  }

  @Test
  void handler_payloadThatIsNoJson_isRefusedBeforeTheWork() {
    PaymentHandler handler =
        new PaymentHandler(storingGuard) {
          @Override
          protected Optional<Object> payload(Order order) {
            Map<String, Object> endless = new HashMap<>();
            endless.put("itself", endless);
            return Optional.of(endless);
          }
        };
    assertThatIllegalStateException()
        .isThrownBy(() -> invoke(handler, "{\"id\":\"17\",\"amount\":5}"))
        .withMessageContaining("payload of java.util.HashMap cannot be written as JSON");
    assertThat(fixture.counts().puts()).isZero();
  }

  @Test
  void handler_withoutEventId_comparesNothing() throws IOException {
    StubHandler<String, Order> handler =
        new StubHandler<String, Order>(storingGuard) {}.withWork(order -> order.id());
    assertThat(invoke(handler, "{\"id\":\"17\",\"amount\":5}")).isEqualTo("\"17\"");
    assertThat(invoke(handler, "{\"id\":\"18\",\"amount\":5}")).isEqualTo("\"18\"");
  }

  @Test
  void handler_rawBytes_areComparedAsJson() throws IOException {
    StubHandler<String, byte[]> handler =
        new StubHandler<String, byte[]>(storingGuard) {}.withEventId("e-1").withWork(json -> "ok");
    assertThat(invoke(handler, "{\"a\":1, \"b\":2}")).isEqualTo("\"ok\"");
    assertThat(invoke(handler, "{\"b\":2,\"a\":1}")).isEqualTo("\"ok\"");
    assertThatExceptionOfType(PayloadMismatchException.class)
        .isThrownBy(() -> invoke(handler, "{\"b\":2,\"a\":2}"));
  }

  @Test
  void call_idsWithPayload_refuseAnotherPayload() throws Exception {
    Guard guard = fixture.deduplicatingGuard();
    Ids<Order> ids = Ids.<Order>ofEvent(Order::id).andPayload(Order::amount);
    guard.call(ids, new Order("17", 5), fixture.context(), lease -> fixture.process("paid"));
    assertThatExceptionOfType(AlreadyCompletedException.class)
        .isThrownBy(() -> guard.call(ids, new Order("17", 5), fixture.context(), lease -> "never"));
    assertThatExceptionOfType(PayloadMismatchException.class)
        .isThrownBy(
            () -> guard.call(ids, new Order("17", 500), fixture.context(), lease -> "never"))
        .satisfies(e -> assertThat(e.completion().event()).hasValue("17"));
    assertThat(fixture.requestSummary()).isEqualTo("4 puts (2 rejected), 0 deletes, 0 others");
  }

  @Test
  void call_idsWithResourceAndPayload_inAnyOrder() throws Exception {
    Guard guard = fixture.deduplicatingGuard();
    Ids<Order> ids =
        Ids.<Order>ofResource(o -> "order").andPayload(o -> o).andEvent(o -> "e-" + o.id());
    guard.call(ids, new Order("17", 5), fixture.context(), lease -> fixture.process("paid"));
    assertThatExceptionOfType(PayloadMismatchException.class)
        .isThrownBy(
            () -> guard.call(ids, new Order("17", 500), fixture.context(), lease -> "never"));
  }

  @Test
  void payloads_ofEachType_areTheSameOnlyIfTheirJsonIs() throws Exception {
    Guard guard = fixture.deduplicatingGuard();
    Ids<Optional<Object>> ids =
        Ids.<Optional<Object>>ofEvent(e -> "e").andPayload(e -> e.orElse(null));
    guard.call(
        ids, Optional.of(List.of("a", "b")), fixture.context(), lease -> fixture.process("once"));
    List<Optional<Object>> others =
        Stream.<Object>of(
                List.of("a, b"), List.of("b", "a"), List.of("a", "b", ""), "[\"a\",\"b\"]", 1, true)
            .map(Optional::of)
            .toList();
    for (Optional<Object> other : others) {
      assertThatExceptionOfType(PayloadMismatchException.class)
          .isThrownBy(() -> guard.call(ids, other, fixture.context(), lease -> "never"));
    }
    assertThatExceptionOfType(PayloadMismatchException.class)
        .as("null is a payload")
        .isThrownBy(() -> guard.call(ids, Optional.empty(), fixture.context(), lease -> "never"));
    assertThatExceptionOfType(AlreadyCompletedException.class)
        .as("JSON in bytes")
        .isThrownBy(
            () ->
                guard.call(
                    ids,
                    Optional.of("[ \"a\",\"b\"]".getBytes(UTF_8)),
                    fixture.context(),
                    lease -> "never"));
  }

  @Test
  void batch_messageWithAnotherPayload_isReportedAndNotWorkedOn() {
    Guard guard = fixture.deduplicatingGuard();
    Ids<SQSMessage> ids = Ids.<SQSMessage>ofEvent(m -> "e").andPayload(SQSMessage::getBody);
    assertThat(processed(guard, ids, "5")).isEmpty();
    assertThat(processed(guard, ids, "5")).as("a duplicate").isEmpty();
    assertThat(processed(guard, ids, "500")).containsExactly("m-500");
    assertThat(fixture.processed).containsExactly("5");
  }

  @Test
  void batch_payloadWithoutAnEventId_isRefusedBeforeAnyWork() {
    Ids<SQSMessage> ids = Ids.<SQSMessage>ofResource(m -> "queue").andPayload(SQSMessage::getBody);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> processed(fixture.deduplicatingGuard(), ids, "5"))
        .withMessageContaining("payload must belong to an event id");
    assertThat(fixture.processed).isEmpty();
  }

  private List<String> processed(Guard guard, Ids<SQSMessage> ids, String body) {
    SQSMessage message = new SQSMessage();
    message.setMessageId("m-" + body);
    message.setBody(body);
    SQSEvent event = new SQSEvent();
    event.setRecords(List.of(message));
    return guard
        .processBatch(event, fixture.context(), ids, (m, lease) -> fixture.process(m.getBody()))
        .getBatchItemFailures()
        .stream()
        .map(SQSBatchResponse.BatchItemFailure::getItemIdentifier)
        .toList();
  }

  @Test
  void http_payloadOverridden_comparesThatOnly() throws IOException {
    HttpOrderHandler api =
        new HttpOrderHandler(fixture, storingGuard) {
          @Override
          protected Optional<Object> payload(HttpRequest request) {
            return Optional.of(request.bodyAs(Order.class).amount());
          }
        };
    SampleHttpRequest payment =
        SampleHttpRequest.of("POST", "/orders").header("Idempotency-Key", "k").caller("alice");
    assertThat(status(api.send(payment.body("{\"amount\":5,\"id\":\"a\"}")))).isEqualTo(201);
    assertThat(status(api.send(payment.body("{\"amount\":5,\"id\":\"b\"}")))).isEqualTo(201);
    assertThat(status(api.send(payment.body("{\"amount\":6,\"id\":\"a\"}")))).isEqualTo(422);
    assertThat(status(api.send(payment.body("no JSON")))).isEqualTo(400);
    assertThat(api.requests).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"from\":9007199254740993,\"to\":9007199254740992}"
            + " | {\"from\":9007199254740992,\"to\":9007199254740993}",
        "{\"amount\":1e-99999999999} | {\"amount\":0}",
        "{\"amount\":1e400} | {\"amount\":2e400}"
      })
  void http_numbersThatADoubleDoesNotHold_areComparedExactly(String body, String other)
      throws IOException {
    HttpOrderHandler api = new HttpOrderHandler(fixture, storingGuard);
    assertThat(status(api.send(SEARCH.body(body)))).isEqualTo(201);
    assertThat(status(api.send(SEARCH.body(other)))).isEqualTo(422);
    assertThat(status(api.send(SEARCH.body(" " + body)))).as("a duplicate").isEqualTo(201);
    assertThat(api.requests).hasSize(1);
  }

  /** Class without getters and public fields. */
  static final class Opaque {
    private final String id;

    Opaque(String id) {
      this.id = id;
    }

    @Override
    public String toString() {
      return id;
    }
  }

  record Wrapper(Object value) {}

  static Stream<Object> payloadsWithoutContent() {
    return Stream.of(
        new Opaque("a"),
        List.of(new Opaque("a")),
        Map.of("a", new Opaque("a")),
        new Wrapper(new Opaque("a")),
        new Object());
  }

  @ParameterizedTest
  @MethodSource("payloadsWithoutContent")
  void payloadOfAClassWithoutGetters_isRefusedBeforeTheWork(Object payload) {
    Ids<Object> ids = Ids.ofEvent(e -> "e-1");
    assertThatIllegalStateException()
        .isThrownBy(
            () -> storingGuard.call(ids, payload, String.class, fixture.context(), l -> "never"))
        .withMessageContaining("cannot be written as JSON: return a text");
    assertThat(fixture.counts().puts()).isZero();
  }

  static Stream<Named<Function<SampleHttpRequest, String>>> formatsWithSeveralValues() {
    return Stream.of(
        Named.of("REST API", SampleEvents::restApi),
        Named.of("HTTP API", SampleEvents::httpApi),
        Named.of("function URL", SampleEvents::functionUrl));
  }

  @ParameterizedTest
  @MethodSource("formatsWithSeveralValues")
  void http_severalQueryValues_areAnotherPayloadThanOneWithCommas(
      Function<SampleHttpRequest, String> format) throws IOException {
    HttpOrderHandler api =
        new HttpOrderHandler(fixture, storingGuard) {
          @Override
          protected Optional<String> principal(HttpRequest request) {
            return Optional.of("alice");
          }
        };
    api.send(format.apply(TWO_VALUES));
    assertThat(api.requests.get(0).queryParameter("a")).containsExactly("b", "c d");
    for (String joined : List.of("b,c d", "b, c d", "[b, c d]")) {
      api.send(format.apply(SEARCH.query("a", joined)));
    }
    assertThat(api.requests).as("three are refused").hasSize(1);
    api.send(format.apply(TWO_VALUES));
    assertThat(fixture.requestSummary())
        .as("2 writes each for event and resource, 1 for each other request")
        .isEqualTo("7 puts (4 rejected), 1 deletes, 0 others");
  }

  @Test
  void http_anotherQuery_isUnprocessable() throws IOException {
    HttpOrderHandler api = new HttpOrderHandler(fixture, storingGuard);
    assertThat(status(api.send(TWO_VALUES))).isEqualTo(201);
    assertThat(status(api.send(SEARCH.query("a", "b, c d")))).isEqualTo(422);
    assertThat(status(api.send(SEARCH))).isEqualTo(422);
    assertThat(status(api.send(TWO_VALUES))).isEqualTo(201);
  }
}
