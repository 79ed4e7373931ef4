package dev.holdfast.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.holdfast.lambda.fixtures.GuardFixture;
import dev.holdfast.lambda.fixtures.HttpOrderHandler;
import dev.holdfast.lambda.fixtures.OrderHandlers.StubHandler;
import dev.holdfast.lambda.fixtures.ParsedJson;
import dev.holdfast.lambda.fixtures.SqsBatchFixture;
import dev.holdfast.lambda.fixtures.TriggerSample;
import dev.holdfast.lambda.model.HttpRequest;
import dev.holdfast.lambda.model.LockMetric;
import dev.holdfast.lambda.testkit.InProcessInvoker;
import dev.holdfast.lambda.testkit.SampleEvents;
import dev.holdfast.lambda.testkit.SampleHttpRequest;
import dev.holdfast.lambda.testkit.SqsMessage;
import dev.holdfast.lambda.testkit.TestContext;
import dev.holdfast.testkit.Fault;
import dev.holdfast.testkit.OtherHost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests that each trigger counts failed work once. */
class FailedWorkTest {
  private final GuardFixture fixture = new GuardFixture();
  private final List<String> lines = new ArrayList<>();
  private final Guard guard = withMetrics(fixture.guard().maxWait(Duration.ZERO));

  private Guard withMetrics(Guard original) {
    Guard metricsGuard = original.metrics("Shop");
    return metricsGuard.with(
        metricsGuard.config().with(metricsGuard.config().metricsOptions().withOutput(lines::add)));
  }

  private void invoke(TriggerSample sample) {
    invoke(sample, fixture.context());
  }

  /** Judges the metrics alone: a failure is an exception, a response or a batch item failure. */
  private void invoke(TriggerSample sample, TestContext context) {
    RequestStreamHandler handler = sample.handlerType().create(fixture, guard);
    Optional<Throwable> thrown =
        Optional.ofNullable(
            catchThrowable(() -> InProcessInvoker.of(handler).invoke(sample.event(), context)));
    assertThat(thrown.filter(AssertionError.class::isInstance)).isEmpty();
  }

  private long failed() {
    assertThat(lines).hasSize(1);
    return ParsedJson.of(lines.get(0).getBytes(UTF_8))
        .path(LockMetric.FAILED.metricName())
        .asLong(-1);
  }

  @ParameterizedTest
  @EnumSource
  void workThatThrows_isCounted(TriggerSample sample) {
    fixture.failure = Optional.of(new IllegalStateException("no paper"));
    invoke(sample);
    assertThat(failed()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void workThatTheTableRefuses_isCounted(TriggerSample sample) {
    fixture.table.faults().always(Fault.DENIED);
    invoke(sample);
    assertThat(failed()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void work_isNotCounted(TriggerSample sample) {
    invoke(sample);
    assertThat(failed()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void workWithoutTime_isNotCounted(TriggerSample sample) {
    invoke(sample, fixture.context().remainingTime(Duration.ofMillis(100)));
    assertThat(failed()).isZero();
  }

  @Test
  void workWithoutIds_isCounted() throws Exception {
    guard.processBatch(
        SqsBatchFixture.event(SqsMessage.of("m-1", "")),
        fixture.context(),
        SQSMessage::getBody,
        (message, lease) -> {});
    assertThat(failed()).isEqualTo(1);
  }

  @Test
  void workWhoseIdFormsNoKey_isCounted() {
    assertThat(
            catchThrowable(
                () ->
                    guard.call("a#permit-1", fixture.context(), lease -> fixture.process("never"))))
        .isNotNull();
    assertThat(failed()).isEqualTo(1);
  }

  @Test
  void busyWork_isNotCounted() {
    OtherHost.on(fixture.table, fixture.time).acquire("order-17");
    assertThat(
            catchThrowable(
                () -> guard.call("order-17", fixture.context(), lease -> fixture.process("never"))))
        .isNotNull();
    assertThat(failed()).isZero();
  }

  @Test
  void batchOfSeveralFailures_countsEach() throws Exception {
    fixture.failure = Optional.of(new IllegalStateException("no paper"));
    InProcessInvoker.of(TriggerSample.SQS.handlerType().create(fixture, guard))
        .invoke(
            SampleEvents.sqs(SqsMessage.of("m-1", "a"), SqsMessage.of("m-2", "b")),
            fixture.context());
    assertThat(failed()).isEqualTo(2);
  }

  private static final Ids<String> BY_EVENT = Ids.ofEvent(event -> event);

  private Guard storingGuard() {
    return withMetrics(fixture.guard().storingResults(GuardFixture.DAY, 1_000));
  }

  private void assertFailureIsCounted(ThrowingCallable call) {
    assertThat(catchThrowable(call)).isNotNull();
    assertThat(failed()).isEqualTo(1);
  }

  @Test
  void call_withoutAnId_isCounted() {
    assertFailureIsCounted(() -> guard.call(nullText(), fixture.context(), lease -> "never"));
  }

  @Test
  void callWithIds_withoutAnId_isCounted() {
    assertFailureIsCounted(
        () -> storingGuard().call(BY_EVENT, "", fixture.context(), lease -> "never"));
  }

  @Test
  void callWithAResult_withoutAnId_isCounted() {
    assertFailureIsCounted(
        () -> storingGuard().call(BY_EVENT, "", String.class, fixture.context(), l -> "never"));
  }

  @Test
  void wrap_withoutAnId_isCounted() {
    assertFailureIsCounted(
        () ->
            guard
                .<String, String>wrap((event, context) -> "never", event -> nullText())
                .handleRequest("e-1", fixture.context()));
  }

  @Test
  void payloadThatFails_isCounted() {
    Ids<String> ids =
        BY_EVENT.andPayload(
            event -> {
              throw new IllegalStateException("no payload");
            });
    assertFailureIsCounted(
        () -> storingGuard().call(ids, "e-1", fixture.context(), lease -> "never"));
  }

  @Test
  void handler_payloadThatFails_isCounted() {
    StubHandler<String, String> handler =
        new StubHandler<String, String>(storingGuard()) {
          @Override
          protected Optional<Object> payload(String event) {
            throw new IllegalStateException("no payload");
          }
        }.withEventId("e-1");
    assertFailureIsCounted(() -> handler.invoke("\"a\"", fixture.context()));
  }

  @Test
  void handler_unwritableResult_isCounted() {
    StubHandler<Object, String> handler =
        new StubHandler<Object, String>(storingGuard()) {}.withEventId("e-1")
            .withWork(event -> endlessResult());
    assertFailureIsCounted(() -> handler.invoke("\"a\"", fixture.context()));
  }

  @Test
  void call_unwritableResult_isCounted() {
    assertFailureIsCounted(
        () ->
            storingGuard()
                .call(BY_EVENT, "e-1", Object.class, fixture.context(), l -> endlessResult()));
  }

  @Test
  void http_withoutAPrincipal_isCounted() {
    HttpOrderHandler api =
        new HttpOrderHandler(fixture, storingGuard()) {
          @Override
          protected Optional<String> principal(HttpRequest request) {
            return Optional.empty();
          }
        };
    assertFailureIsCounted(
        () -> api.send(SampleHttpRequest.of("POST", "/orders").header("Idempotency-Key", "k-1")));
  }

  private static Object endlessResult() {
    List<Object> endless = new ArrayList<>();
    endless.add(endless);
    return endless;
  }

  @SuppressWarnings("NullAway") // user code without null checks
  private static String nullText() {
    return null;
  }
}
