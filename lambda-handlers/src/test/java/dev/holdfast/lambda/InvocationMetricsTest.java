package dev.holdfast.lambda;

import static dev.holdfast.lambda.fixtures.SqsBatchFixture.message;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.lambda.fixtures.GuardFixture;
import dev.holdfast.lambda.fixtures.ParsedJson;
import dev.holdfast.lambda.fixtures.ReportHandler;
import dev.holdfast.lambda.fixtures.SqsBatchFixture;
import dev.holdfast.lambda.internal.metrics.EmfValidator;
import dev.holdfast.lambda.model.LockMetric;
import dev.holdfast.lambda.testkit.SampleEvents;
import dev.holdfast.lambda.testkit.SqsMessage;
import dev.holdfast.lock.AlreadyCompletedException;
import dev.holdfast.lock.LockThrottledException;
import dev.holdfast.lock.LockUnavailableException;
import dev.holdfast.testkit.Fault;
import dev.holdfast.testkit.OtherHost;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InvocationMetricsTest {
  private final GuardFixture fixture = new GuardFixture();
  private final List<String> lines = new ArrayList<>();
  private final Guard guard = withMetrics(fixture.deduplicatingGuard());
  private final OtherHost other = OtherHost.on(fixture.table, fixture.time);
  private final PrintStream out = System.out;

  private Guard withMetrics(Guard original) {
    Guard metricsGuard = original.metrics("Shop");
    return metricsGuard.with(
        metricsGuard.config().with(metricsGuard.config().metricsOptions().withOutput(lines::add)));
  }

  @AfterEach
  void restoreStandardOutput() {
    System.setOut(out);
  }

  private JsonNode line() {
    assertThat(lines).hasSize(1);
    assertThat(lines.get(0)).doesNotContain("\n");
    JsonNode line = ParsedJson.of(lines.get(0).getBytes(UTF_8));
    EmfValidator.validate(line);
    return line;
  }

  private long value(LockMetric metric) {
    return line().path(metric.metricName()).asLong(-1);
  }

  private String process(String resource) throws Exception {
    return guard.call(resource, fixture.context(), lease -> fixture.process(resource));
  }

  @Test
  void call_writesOneLineInEmbeddedMetricFormat() throws Exception {
    process("order-17");
    assertThat(lines)
        .containsExactly(
            "{\"_aws\":{\"Timestamp\":1767225600000,\"CloudWatchMetrics\":[{\"Namespace\":\"Shop\","
                + "\"Dimensions\":[[\"function\"]],\"Metrics\":["
                + "{\"Name\":\"Acquired\",\"Unit\":\"Count\"},"
                + "{\"Name\":\"Failed\",\"Unit\":\"Count\"},"
                + "{\"Name\":\"WaitTime\",\"Unit\":\"Milliseconds\"},"
                + "{\"Name\":\"Busy\",\"Unit\":\"Count\"},"
                + "{\"Name\":\"RejectedAttempts\",\"Unit\":\"Count\"},"
                + "{\"Name\":\"TakenOver\",\"Unit\":\"Count\"},"
                + "{\"Name\":\"Duplicate\",\"Unit\":\"Count\"},"
                + "{\"Name\":\"Lost\",\"Unit\":\"Count\"},"
                + "{\"Name\":\"LateRelease\",\"Unit\":\"Count\"},"
                + "{\"Name\":\"ReleaseFailed\",\"Unit\":\"Count\"},"
                + "{\"Name\":\"CompletionFailed\",\"Unit\":\"Count\"},"
                + "{\"Name\":\"Throttled\",\"Unit\":\"Count\"},"
                + "{\"Name\":\"Contention\",\"Unit\":\"Count\"},"
                + "{\"Name\":\"WorkTime\",\"Unit\":\"Milliseconds\"},"
                + "{\"Name\":\"RemainingTimeAtStart\",\"Unit\":\"Milliseconds\"}]}]},"
                + "\"function\":\"test-function\",\"functionVersion\":\"$LATEST\","
                + "\"requestId\":\"request-1\",\"busyLocks\":[],"
                + "\"Acquired\":1,\"Failed\":0,\"WaitTime\":0,\"Busy\":0,\"RejectedAttempts\":0,\"TakenOver\":0,"
                + "\"Duplicate\":0,\"Lost\":0,"
                + "\"LateRelease\":0,\"ReleaseFailed\":0,\"CompletionFailed\":0,\"Throttled\":0,"
                + "\"Contention\":0,"
                + "\"WorkTime\":0,\"RemainingTimeAtStart\":3000}");
    line();
  }

  @Test
  void waitAndWorkTime_areMeasured() throws Exception {
    var otherLock = other.acquire("order-17");
    fixture.time.runAfter(Duration.ofMillis(700), otherLock::close);
    guard.call(
        "order-17",
        fixture.context(),
        lease -> {
          fixture.time.advance(Duration.ofMillis(300));
          return fixture.process("done");
        });
    long waited = value(LockMetric.WAIT_TIME);
    assertThat(waited).isBetween(700L, 2_000L);
    assertThat(value(LockMetric.WORK_TIME)).isEqualTo(300);
    assertThat(value(LockMetric.REMAINING_TIME_AT_START)).isEqualTo(3_000 - waited);
    assertThat(value(LockMetric.BUSY)).isZero();
  }

  @Test
  void busyLock_isCountedAndNamedOutsideTheDimensions() {
    other.acquire("order-17");
    assertThatExceptionOfType(LockUnavailableException.class).isThrownBy(() -> process("order-17"));
    assertThat(value(LockMetric.BUSY)).isEqualTo(1);
    assertThat(value(LockMetric.ACQUIRED)).isZero();
    assertThat(value(LockMetric.WAIT_TIME)).isEqualTo(2_500);
    assertThat(line().path("busyLocks").toString()).isEqualTo("[\"resource order-17\"]");
    assertThat(line().has("WorkTime")).as("no work ran").isFalse();
  }

  @Test
  void batch_writesOneLine() throws Exception {
    new SqsBatchFixture(fixture, guard).run(message(1, "order-1"), message(2, "order-2"));
    assertThat(value(LockMetric.ACQUIRED)).isEqualTo(2);
    lines.clear();
    new SqsBatchFixture(fixture, guard).run(message(1, "order-1"), message(3, "order-3"));
    assertThat(value(LockMetric.DUPLICATE)).isEqualTo(1);
    assertThat(value(LockMetric.ACQUIRED)).isEqualTo(1);
  }

  @Test
  void busyBatch_namesAtMostTenLocks() {
    SqsMessage[] twelve =
        IntStream.range(0, 12).mapToObj(i -> message(i, "order-" + i)).toArray(SqsMessage[]::new);
    Stream.of(twelve).forEach(message -> other.acquire(message.body()));
    new SqsBatchFixture(fixture, guard).run(twelve);
    assertThat(value(LockMetric.BUSY)).as("two attempts for each message").isEqualTo(24);
    assertThat(line().path("busyLocks").size()).isEqualTo(10);
  }

  @Test
  void rejectedAttempts_areCounted() {
    other.acquire("order-17");
    assertThatExceptionOfType(LockUnavailableException.class).isThrownBy(() -> process("order-17"));
    assertThat(value(LockMetric.REJECTED_ATTEMPTS))
        .isPositive()
        .isEqualTo(fixture.counts().rejectedPuts());
  }

  @Test
  void takeover_isCounted() throws Exception {
    other.acquire("order-17");
    fixture.time.advance(Duration.ofSeconds(11).plusMillis(1));
    process("order-17");
    assertThat(value(LockMetric.TAKEN_OVER)).isEqualTo(1);
    lines.clear();
    process("order-17");
    assertThat(value(LockMetric.TAKEN_OVER)).isZero();
  }

  @Test
  void duplicate_isCounted() throws Exception {
    Ids<String> ids = Ids.ofEvent(e -> e);
    guard.call(ids, "e-1", fixture.context(), lease -> fixture.process("done"));
    lines.clear();
    assertThatExceptionOfType(AlreadyCompletedException.class)
        .isThrownBy(
            () -> guard.call(ids, "e-1", fixture.context(), lease -> fixture.process("never")));
    assertThat(value(LockMetric.DUPLICATE)).isEqualTo(1);
  }

  @Test
  void throttled_isCounted() {
    fixture.table.faults().always(Fault.THROTTLED);
    assertThatExceptionOfType(LockThrottledException.class).isThrownBy(() -> process("order-17"));
    assertThat(value(LockMetric.THROTTLED)).isEqualTo(1);
    assertThat(value(LockMetric.ACQUIRED)).isZero();
  }

  @Test
  void failedCompletion_succeedsAndIsCounted() {
    fixture.table.faults().nextPasses().nextPasses().always(Fault.DENIED);
    assertThat(new SqsBatchFixture(fixture, guard).run(message(1, "order-1"))).isEmpty();
    assertThat(value(LockMetric.COMPLETION_FAILED)).isEqualTo(1);
    assertThat(value(LockMetric.RELEASE_FAILED)).isEqualTo(1);
  }

  @Test
  void frozenUntilTakeover_countsLostLockAndLateRelease() throws Exception {
    guard.call(
        "order-17",
        fixture.context(),
        lease -> {
          fixture.time.freezeMonotonic();
          fixture.time.advance(Duration.ofSeconds(10));
          other.acquire("order-17");
          return fixture.process("late");
        });
    assertThat(value(LockMetric.LOST)).isEqualTo(1);
    assertThat(value(LockMetric.LATE_RELEASE)).isEqualTo(1);
    assertThat(value(LockMetric.RELEASE_FAILED)).isZero();
  }

  @Test
  void workThrows_metricsAreStillWritten() {
    assertThatThrownBy(
            () ->
                guard.call(
                    "order-17",
                    fixture.context(),
                    lease -> {
                      throw new IOException("printer on fire");
                    }))
        .isInstanceOf(IOException.class);
    assertThat(value(LockMetric.ACQUIRED)).isEqualTo(1);
  }

  @Test
  void handler_writesOneLine_alsoForADuplicate() throws IOException {
    ReportHandler report = new ReportHandler(guard);
    report.invoke(SampleEvents.eventBridge("e-1", "shop", "Placed", "{}"), fixture.context());
    assertThat(value(LockMetric.ACQUIRED)).isEqualTo(1);
    lines.clear();
    report.invoke(SampleEvents.eventBridge("e-1", "shop", "Placed", "{}"), fixture.context());
    assertThat(value(LockMetric.DUPLICATE)).isEqualTo(1);
  }

  @Test
  void hostileIds_areEscaped() {
    other.acquire("a\"b\\c\nd\u0000é");
    assertThatExceptionOfType(LockUnavailableException.class)
        .isThrownBy(() -> process("a\"b\\c\nd\u0000é"));
    assertThat(line().path("busyLocks").path(0).textValue())
        .isEqualTo("resource a\"b\\c\\u000ad\\u0000é");
  }

  @Test
  void payloads_areNeverWritten() {
    new SqsBatchFixture(fixture, guard).run(message(1, "s3cret"));
    assertThat(lines.get(0)).doesNotContain("s3cret");
  }

  @Test
  void guardWithoutMetrics_writesNothing() throws Exception {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    System.setOut(new PrintStream(output, true, UTF_8));
    fixture.guard().call("order-17", fixture.context(), lease -> fixture.process("done"));
    assertThat(output.toString(UTF_8)).isEmpty();
  }

  @Test
  void metrics_areWrittenToStandardOutput() throws Exception {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    System.setOut(new PrintStream(output, true, UTF_8));
    fixture
        .guard()
        .metrics("Shop")
        .call("order-17", fixture.context(), lease -> fixture.process("done"));
    assertThat(output.toString(UTF_8)).startsWith("{\"_aws\":{").endsWith("}\n");
  }
}
