package dev.holdfast.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.holdfast.lambda.fixtures.GuardFixture;
import dev.holdfast.lambda.fixtures.ParsedJson;
import dev.holdfast.lambda.fixtures.SqsBatchFixture;
import dev.holdfast.lambda.fixtures.TriggerSample;
import dev.holdfast.lambda.model.LockMetric;
import dev.holdfast.lambda.testkit.InProcessInvoker;
import dev.holdfast.lambda.testkit.SampleEvents;
import dev.holdfast.lambda.testkit.SqsMessage;
import dev.holdfast.lambda.testkit.TestContext;
import dev.holdfast.testkit.Fault;
import dev.holdfast.testkit.OtherHost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
}
