package dev.holdfast.lambda;

import static dev.holdfast.lambda.Batch.message;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.lambda.testkit.SampleEvents;
import dev.holdfast.lambda.testkit.SqsMessage;
import dev.holdfast.lock.AlreadyDoneException;
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

class MetricsTest {
  private final Bench bench = new Bench();
  private final List<String> lines = new ArrayList<>();
  private final Guard guard = writing(bench.remembering());
  private final OtherHost other = OtherHost.on(bench.table, bench.time);
  private final PrintStream out = System.out;

  private Guard writing(Guard plain) {
    Guard named = plain.metrics("Shop");
    return named.with(named.settings().with(named.settings().telemetry().onto(lines::add)));
  }

  @AfterEach
  void giveBackStandardOutput() {
    System.setOut(out);
  }

  private JsonNode line() {
    assertThat(lines).hasSize(1);
    assertThat(lines.get(0)).doesNotContain("\n");
    JsonNode line = JsonTree.read(lines.get(0).getBytes(UTF_8), "a line of metrics");
    EmbeddedMetricFormat.check(line);
    return line;
  }

  private long value(LockMetric metric) {
    return line().path(metric.metricName()).asLong(-1);
  }

  private String work(String resource) throws Exception {
    return guard.call(resource, bench.context(), lease -> bench.work(resource));
  }

  @Test
  void call_isOneLineInTheEmbeddedMetricFormat() throws Exception {
    work("order-17");
    assertThat(lines)
        .containsExactly(
            "{\"_aws\":{\"Timestamp\":1767225600000,\"CloudWatchMetrics\":[{\"Namespace\":\"Shop\","
                + "\"Dimensions\":[[\"function\"]],\"Metrics\":["
                + "{\"Name\":\"Acquired\",\"Unit\":\"Count\"},"
                + "{\"Name\":\"Waited\",\"Unit\":\"Milliseconds\"},"
                + "{\"Name\":\"Busy\",\"Unit\":\"Count\"},"
                + "{\"Name\":\"RefusedPuts\",\"Unit\":\"Count\"},"
                + "{\"Name\":\"TakenOver\",\"Unit\":\"Count\"},"
                + "{\"Name\":\"Duplicate\",\"Unit\":\"Count\"},"
                + "{\"Name\":\"Lost\",\"Unit\":\"Count\"},"
                + "{\"Name\":\"LateRelease\",\"Unit\":\"Count\"},"
                + "{\"Name\":\"ReleaseFailed\",\"Unit\":\"Count\"},"
                + "{\"Name\":\"CompletionFailed\",\"Unit\":\"Count\"},"
                + "{\"Name\":\"Throttled\",\"Unit\":\"Count\"},"
                + "{\"Name\":\"WorkTime\",\"Unit\":\"Milliseconds\"},"
                + "{\"Name\":\"TimeLeftAtStart\",\"Unit\":\"Milliseconds\"}]}]},"
                + "\"function\":\"test-function\",\"functionVersion\":\"$LATEST\","
                + "\"requestId\":\"request-1\",\"busyLocks\":[],"
                + "\"Acquired\":1,\"Waited\":0,\"Busy\":0,\"RefusedPuts\":0,\"TakenOver\":0,"
                + "\"Duplicate\":0,\"Lost\":0,"
                + "\"LateRelease\":0,\"ReleaseFailed\":0,\"CompletionFailed\":0,\"Throttled\":0,"
                + "\"WorkTime\":0,\"TimeLeftAtStart\":3000}");
    line();
  }

  @Test
  void waitedAndWorked_areMeasured() throws Exception {
    var theirs = other.holds("order-17");
    bench.time.after(Duration.ofMillis(700), theirs::close);
    guard.call(
        "order-17",
        bench.context(),
        lease -> {
          bench.time.advance(Duration.ofMillis(300));
          return bench.work("done");
        });
    long waited = value(LockMetric.WAITED);
    assertThat(waited).isBetween(700L, 2_000L);
    assertThat(value(LockMetric.WORK_TIME)).isEqualTo(300);
    assertThat(value(LockMetric.TIME_LEFT_AT_START)).isEqualTo(3_000 - waited);
    assertThat(value(LockMetric.BUSY)).isZero();
  }

  @Test
  void busy_isCountedAndTheLockIsNamed_butInNoDimension() {
    other.holds("order-17");
    assertThatExceptionOfType(LockUnavailableException.class).isThrownBy(() -> work("order-17"));
    assertThat(value(LockMetric.BUSY)).isEqualTo(1);
    assertThat(value(LockMetric.ACQUIRED)).isZero();
    assertThat(value(LockMetric.WAITED)).isEqualTo(2_500);
    assertThat(line().path("busyLocks").toString()).isEqualTo("[\"resource order-17\"]");
    assertThat(line().has("WorkTime")).as("nothing worked").isFalse();
  }

  @Test
  void batch_isOneLine() throws Exception {
    new Batch(bench, guard).run(message(1, "order-1"), message(2, "order-2"));
    assertThat(value(LockMetric.ACQUIRED)).isEqualTo(2);
    lines.clear();
    new Batch(bench, guard).run(message(1, "order-1"), message(3, "order-3"));
    assertThat(value(LockMetric.DUPLICATE)).isEqualTo(1);
    assertThat(value(LockMetric.ACQUIRED)).isEqualTo(1);
  }

  @Test
  void busyBatch_namesTheFirstTenLocks() {
    SqsMessage[] twelve =
        IntStream.range(0, 12).mapToObj(i -> message(i, "order-" + i)).toArray(SqsMessage[]::new);
    Stream.of(twelve).forEach(message -> other.holds(message.body()));
    new Batch(bench, guard).run(twelve);
    assertThat(value(LockMetric.BUSY)).as("two tries each").isEqualTo(24);
    assertThat(line().path("busyLocks").size()).isEqualTo(10);
  }

  @Test
  void writesThatWereRefused_areCounted() {
    other.holds("order-17");
    assertThatExceptionOfType(LockUnavailableException.class).isThrownBy(() -> work("order-17"));
    assertThat(value(LockMetric.REFUSED_PUTS)).isPositive().isEqualTo(bench.counts().refusedPuts());
  }

  @Test
  void lockOfOneWhoCrashed_isTakenOver_andThatIsCounted() throws Exception {
    other.holds("order-17");
    bench.time.advance(Duration.ofSeconds(11).plusMillis(1));
    work("order-17");
    assertThat(value(LockMetric.TAKEN_OVER)).isEqualTo(1);
    lines.clear();
    work("order-17");
    assertThat(value(LockMetric.TAKEN_OVER)).isZero();
  }

  @Test
  void duplicate_isCounted() throws Exception {
    Ids<String> once = Ids.ofEvent(e -> e);
    guard.call(once, "e-1", bench.context(), lease -> bench.work("done"));
    lines.clear();
    assertThatExceptionOfType(AlreadyDoneException.class)
        .isThrownBy(() -> guard.call(once, "e-1", bench.context(), lease -> bench.work("never")));
    assertThat(value(LockMetric.DUPLICATE)).isEqualTo(1);
  }

  @Test
  void throttled_isCounted() {
    bench.table.faults().every(Fault.THROTTLED);
    assertThatExceptionOfType(LockThrottledException.class).isThrownBy(() -> work("order-17"));
    assertThat(value(LockMetric.THROTTLED)).isEqualTo(1);
    assertThat(value(LockMetric.ACQUIRED)).isZero();
  }

  @Test
  void completionThatFails_isASuccessThatIsCounted() {
    bench.table.faults().nextPasses().nextPasses().every(Fault.DENIED);
    assertThat(new Batch(bench, guard).run(message(1, "order-1"))).isEmpty();
    assertThat(value(LockMetric.COMPLETION_FAILED)).isEqualTo(1);
    assertThat(value(LockMetric.RELEASE_FAILED)).isEqualTo(1);
  }

  @Test
  void sandboxFrozenUntilAnotherTookOver_isLostAndReleasedLate() throws Exception {
    guard.call(
        "order-17",
        bench.context(),
        lease -> {
          bench.time.freezeMonotonic();
          bench.time.advance(Duration.ofSeconds(10));
          other.holds("order-17");
          return bench.work("late");
        });
    assertThat(value(LockMetric.LOST)).isEqualTo(1);
    assertThat(value(LockMetric.LATE_RELEASE)).isEqualTo(1);
    assertThat(value(LockMetric.RELEASE_FAILED)).isZero();
  }

  @Test
  void workThatThrows_isStillReported() {
    assertThatThrownBy(
            () ->
                guard.call(
                    "order-17",
                    bench.context(),
                    lease -> {
                      throw new IOException("printer on fire");
                    }))
        .isInstanceOf(IOException.class);
    assertThat(value(LockMetric.ACQUIRED)).isEqualTo(1);
  }

  @Test
  void handler_isOneLine_alsoForADuplicate() throws IOException {
    Report report = new Report(guard);
    report.invoke(SampleEvents.eventBridge("e-1", "shop", "Placed", "{}"), bench.context());
    assertThat(value(LockMetric.ACQUIRED)).isEqualTo(1);
    lines.clear();
    report.invoke(SampleEvents.eventBridge("e-1", "shop", "Placed", "{}"), bench.context());
    assertThat(value(LockMetric.DUPLICATE)).isEqualTo(1);
  }

  @Test
  void idsWithAnything_areWrittenAsJson() {
    other.holds("a\"b\\c\nd\u0000é");
    assertThatExceptionOfType(LockUnavailableException.class)
        .isThrownBy(() -> work("a\"b\\c\nd\u0000é"));
    assertThat(line().path("busyLocks").path(0).textValue())
        .isEqualTo("resource a\"b\\c\nd\u0000é");
  }

  @Test
  void payloads_areInNoLine() {
    new Batch(bench, guard).run(message(1, "s3cret"));
    assertThat(lines.get(0)).doesNotContain("s3cret");
  }

  @Test
  void guardMadeByHand_writesNone() throws Exception {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    System.setOut(new PrintStream(written, true, UTF_8));
    bench.guard().call("order-17", bench.context(), lease -> bench.work("done"));
    assertThat(written.toString(UTF_8)).isEmpty();
  }

  @Test
  void metrics_goToTheStandardOutput() throws Exception {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    System.setOut(new PrintStream(written, true, UTF_8));
    bench.guard().metrics("Shop").call("order-17", bench.context(), lease -> bench.work("done"));
    assertThat(written.toString(UTF_8)).startsWith("{\"_aws\":{").endsWith("}\n");
  }
}
