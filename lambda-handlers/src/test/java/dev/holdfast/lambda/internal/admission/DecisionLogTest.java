package dev.holdfast.lambda.internal.admission;

import static dev.holdfast.lambda.fixtures.SqsBatchFixture.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.holdfast.lambda.fixtures.GuardFixture;
import dev.holdfast.lambda.fixtures.ReportHandler;
import dev.holdfast.lambda.fixtures.SqsBatchFixture;
import dev.holdfast.lambda.testkit.SampleEvents;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.LockUnavailableException;
import dev.holdfast.testkit.Fault;
import dev.holdfast.testkit.OtherHost;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests the log lines of decisions, which the logging library writes to the error stream. */
class DecisionLogTest {
  private final GuardFixture fixture = new GuardFixture();
  private final SqsBatchFixture batch = new SqsBatchFixture(fixture, fixture.deduplicatingGuard());
  private final OtherHost other = OtherHost.on(fixture.table, fixture.time);
  private final PrintStream err = System.err;
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  @BeforeEach
  void capture() {
    System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restore() {
    System.setErr(err);
  }

  private List<String> lines() {
    return written
        .toString(StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.contains("outcome="))
        .map(line -> line.replaceFirst("^\\[\\S+\\] (\\w+) dev.holdfast.lambda.Guard - ", "$1 "))
        .toList();
  }

  @Test
  void duplicate_logsOneLine() {
    batch.run(message(1, "order-1"));
    batch.run(message(1, "order-1"));
    assertThat(lines())
        .containsExactly(
            "INFO outcome=duplicate lock=test-function:m-1#13,3#event"
                + " expiresAt=2026-01-02T00:00:00Z request=request-1");
  }

  @Test
  void busyMessage_logsALinePerAttempt() {
    other.acquire("order-1");
    batch.run(message(1, "order-1"));
    assertThat(lines()).containsExactly(busyLineAfter(0), busyLineAfter(2_500));
  }

  private static String busyLineAfter(int millis) {
    return "INFO outcome=busy message=m-1 receiveCount=1 sentAt=2026-01-01T00:00:00Z"
        + " ageSeconds="
        + millis / 1_000
        + " holder=\"another host\" leaseExpiresAt=2026-01-01T00:00:10Z maxWaitMillis="
        + millis
        + " request=request-1";
  }

  @Test
  void busyMessageWithoutAttributes_logsEmptyValues() {
    other.acquire("order-1");
    SQSEvent event = SqsBatchFixture.event(message(1, "order-1"));
    event.getRecords().get(0).setAttributes(Map.of("SentTimestamp", "yesterday\n"));
    fixture
        .guard()
        .processBatch(
            event, fixture.context(), message -> message.getBody(), (message, lease) -> {});
    assertThat(lines())
        .first()
        .asString()
        .contains("receiveCount=\"\" sentAt=\"yesterday\\u000a\" ageSeconds=\"\" holder=");
  }

  @Test
  void failingMessage_logsOneLineWithTheException() {
    batch.failingIds = Set.of("m-1");
    batch.run(message(1, "order-1"));
    assertThat(lines()).containsExactly("WARN outcome=failed message=m-1 request=request-1");
    assertThat(written.toString(StandardCharsets.UTF_8))
        .contains("java.lang.IllegalStateException: no m-1");
  }

  @Test
  void insufficientTime_logsNotStartedWithoutStackTrace() {
    batch.run(fixture.context().remainingTime(Duration.ofMillis(100)), message(1, "order-1"));
    assertThat(lines())
        .singleElement()
        .asString()
        .startsWith(
            "WARN outcome=not_started work=m-1 reason=\"remaining time must be at least 500 ms, got"
                + " 100 ms");
    assertThat(written.toString(StandardCharsets.UTF_8)).doesNotContain("at dev.holdfast");
  }

  @Test
  void messageAfterTableFailure_logsNotStarted() {
    fixture.table.faults().always(Fault.DENIED);
    batch.run(message(1, "order-1"), message(2, "order-2"));
    assertThat(lines())
        .containsExactly(
            "WARN outcome=failed message=m-1 request=request-1",
            "WARN outcome=not_started work=m-2 reason=batch_stopped request=request-1");
  }

  @Test
  void messageAfterFailureInItsGroup_logsNotStarted() {
    batch.failingIds = Set.of("m-1");
    batch.run(
        SqsBatchFixture.fifoMessage(1, "order-1", "a"),
        SqsBatchFixture.fifoMessage(2, "order-2", "a"));
    assertThat(lines())
        .last()
        .isEqualTo("WARN outcome=not_started work=m-2 reason=group_stopped request=request-1");
  }

  @Test
  void skippedSchedule_logsOneLine() throws IOException {
    other.acquire(LockRequest.of("report").event("e-0"));
    new ReportHandler(fixture.guard())
        .invoke(SampleEvents.scheduledRule("e-1", "nightly"), fixture.context());
    assertThat(lines())
        .containsExactly(
            "INFO outcome=skipped work=\"resource report event"
                + " arn:aws:events:us-east-1:123456789012:rule/nightly@2026-01-01T00:00:00Z\""
                + " holder=\"another host\""
                + " leaseExpiresAt=2026-01-01T00:00:10Z request=request-1");
  }

  @Test
  void busyResource_logsOneLine() {
    other.acquire("order-17");
    assertThatExceptionOfType(LockUnavailableException.class)
        .isThrownBy(
            () ->
                fixture
                    .guard()
                    .call("order-17", fixture.context(), lease -> fixture.process("never")));
    assertThat(lines())
        .singleElement()
        .asString()
        .startsWith("WARN outcome=not_started work=\"resource order-17\" reason=\"lock 'order-17'");
  }

  @Test
  void failedCompletion_logsThatTheWorkMayRunAgain() {
    fixture.table.faults().nextPasses().nextPasses().always(Fault.DENIED);
    batch.run(message(1, "order-1"));
    assertThat(lines())
        .first()
        .isEqualTo(
            "WARN outcome=completion_failed lock=test-function:m-1#13,3#event request=request-1"
                + " hint=\"the work succeeded and may run again\"");
  }

  @Test
  void messageBody_isNeverLogged() {
    batch.failingIds = Set.of("m-2");
    batch.run(message(1, "s3cret"), message(1, "s3cret"), message(2, "s3cret"));
    assertThat(lines()).isNotEmpty().noneMatch(line -> line.contains("s3cret"));
  }
}
