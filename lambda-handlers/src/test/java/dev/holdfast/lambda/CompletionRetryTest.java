package dev.holdfast.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.holdfast.lambda.fixtures.GuardFixture;
import dev.holdfast.lambda.fixtures.HandlerType;
import dev.holdfast.lambda.fixtures.HttpOrderHandler;
import dev.holdfast.lambda.fixtures.TriggerSample;
import dev.holdfast.lambda.testkit.InProcessInvoker;
import dev.holdfast.lambda.testkit.SampleEvents;
import dev.holdfast.lambda.testkit.SampleHttpRequest;
import dev.holdfast.lambda.testkit.TestContext;
import dev.holdfast.lock.AlreadyCompletedException;
import dev.holdfast.testkit.Fault;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Completions and releases are repeated while the invocation has time to answer. */
class CompletionRetryTest {
  private static final Ids<String> PAYMENT = Ids.ofEvent(event -> event);
  private static final Duration OUTAGE = Duration.ofSeconds(10);

  private final GuardFixture fixture = new GuardFixture();
  private final Guard guard = fixture.deduplicatingGuard();
  private final TestContext context = fixture.context().remainingTime(Duration.ofSeconds(30));

  static Guard withMetrics(Guard original, Consumer<String> output) {
    Guard counting = original.metrics("Holdfast");
    return counting.with(
        counting.config().with(counting.config().metricsOptions().withOutput(output)));
  }

  private void startOutage(Fault fault, Duration duration) {
    fixture.table.faults().always(fault);
    fixture.time.runAfter(duration, () -> fixture.table.faults().clear());
  }

  private String pay(Guard paying) throws Exception {
    return paying.call(PAYMENT, "pay", context, lease -> fixture.process("paid"));
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "THROTTLED",
        "THROUGHPUT_EXCEEDED",
        "TRANSACTION_CONFLICT",
        "REPLICATED_WRITE_CONFLICT",
        "REQUEST_LOST",
        "REPLY_LOST",
        "FAILED_BEFORE_APPLYING",
        "FAILED_AFTER_APPLYING",
        "UNREACHABLE"
      })
  void outageAfterTheWork_isOutlasted_andTheRedeliveryDoesNotPayAgain(Fault fault)
      throws Exception {
    fixture.duringWork = () -> startOutage(fault, OUTAGE);
    assertThat(pay(guard)).isEqualTo("paid");
    assertThat(context.getRemainingTimeInMillis()).isBetween(14_000, 20_000);
    assertThat(fixture.table.faults().injectedCount(fault)).isBetween(1, 60);

    assertThatExceptionOfType(AlreadyCompletedException.class).isThrownBy(() -> pay(guard));
    assertThat(fixture.processed).containsExactly("paid");
  }

  @ParameterizedTest
  @EnumSource
  void throttlingAfterTheWork_ofEachTrigger_leavesNoLockHeld(TriggerSample sample)
      throws IOException {
    fixture.duringWork = () -> startOutage(Fault.THROTTLED, OUTAGE);
    boolean needsKey = sample.handlerType() == HandlerType.HTTP;
    RequestStreamHandler handler =
        sample.handlerType().create(fixture, needsKey ? fixture.guard() : guard);
    InProcessInvoker.of(handler).invoke(sample.event(), context);
    assertThat(fixture.processed).hasSize(1);
    assertThat(context.getRemainingTimeInMillis()).isBetween(19_000, 20_000);
    assertThat(fixture.table.rows().keySet())
        .noneSatisfy(key -> assertThat(fixture.lockState(key)).isEqualTo("HELD"));
  }

  @Test
  void throttlingAfterAnHttpRequest_storesItsResponse() throws IOException {
    fixture.duringWork = () -> startOutage(Fault.THROTTLED, OUTAGE);
    HttpOrderHandler handler =
        new HttpOrderHandler(fixture, guard.storingResults(GuardFixture.DAY, 4_096));
    SampleHttpRequest request =
        SampleHttpRequest.of("POST", "/pay").header("Idempotency-Key", "1").caller("alice");
    String event = SampleEvents.restApi(request);
    String first = InProcessInvoker.of(handler).invoke(event, context);
    assertThat(InProcessInvoker.of(handler).invoke(event, context))
        .isEqualTo(first.replace("\"]}", "\"],\"idempotency-replayed\":[\"true\"]}"));
    assertThat(fixture.processed).hasSize(1);
  }

  @Test
  void throttlingUntilTheDeadline_leavesTimeToAnswer_andIsCounted() throws Exception {
    List<String> metrics = new ArrayList<>();
    Guard counting = withMetrics(guard, metrics::add);
    fixture.duringWork = () -> fixture.table.faults().always(Fault.THROTTLED);
    assertThat(pay(counting)).isEqualTo("paid");
    assertThat(context.getRemainingTimeInMillis()).isBetween(100, 1_000);
    assertThat(metrics).singleElement().asString().contains("\"CompletionFailed\":1");
  }

  @Test
  void deniedCompletion_isNotRepeated() throws Exception {
    fixture.duringWork = () -> fixture.table.faults().always(Fault.DENIED);
    assertThat(pay(guard)).isEqualTo("paid");
    assertThat(context.getRemainingTimeInMillis()).isEqualTo(30_000);
  }
}
