package dev.holdfast.lambda;

import static dev.holdfast.lambda.Batch.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One line for each decision. The logging library of the tests writes to the error stream. */
class LogTest {
  private final Bench bench = new Bench();
  private final Batch batch = new Batch(bench, bench.remembering());
  private final OtherHost other = OtherHost.on(bench.table, bench.time);
  private final PrintStream err = System.err;
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  @BeforeEach
  void capture() {
    System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void release() {
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
  void duplicate_isOneLine() {
    batch.run(message(1, "order-1"));
    batch.run(message(1, "order-1"));
    assertThat(lines())
        .containsExactly(
            "INFO outcome=duplicate lock=test-function:m-1#13,3#event until=2026-01-02T00:00:00Z"
                + " request=request-1");
  }

  @Test
  void busyMessage_isALineForEachTry() {
    other.holds("order-1");
    batch.run(message(1, "order-1"));
    assertThat(lines()).containsExactly(busyAfter(0), busyAfter(2_500));
  }

  private static String busyAfter(int millis) {
    return "INFO outcome=busy message=m-1 receiveCount=1 sentAt=2026-01-01T00:00:00Z"
        + " ageSeconds="
        + millis / 1_000
        + " holder=\"another host\" leaseEnd=2026-01-01T00:00:10Z waitedUpToMillis="
        + millis
        + " request=request-1";
  }

  @Test
  void busyMessageWithoutAttributes_isALineToo() {
    other.holds("order-1");
    SQSEvent event = Batch.event(message(1, "order-1"));
    event.getRecords().get(0).setAttributes(Map.of("SentTimestamp", "yesterday\n"));
    bench.guard().eachMessage(event, bench.context(), m -> m.getBody(), (m, lease) -> {});
    assertThat(lines())
        .first()
        .asString()
        .contains("receiveCount=\"\" sentAt=\"yesterday\\u000a\" ageSeconds=\"\" holder=");
  }

  @Test
  void failingMessage_isOneLineWithWhatItThrew() {
    batch.broken = Set.of("m-1");
    batch.run(message(1, "order-1"));
    assertThat(lines()).containsExactly("WARN outcome=failed message=m-1 request=request-1");
    assertThat(written.toString(StandardCharsets.UTF_8))
        .contains("java.lang.IllegalStateException: no m-1");
  }

  @Test
  void messageWithTooLittleTime_isNotAFailure() {
    batch.run(bench.context().remaining(Duration.ofMillis(100)), message(1, "order-1"));
    assertThat(lines())
        .singleElement()
        .asString()
        .startsWith("WARN outcome=notStarted subject=m-1 why=\"100 ms are left");
    assertThat(written.toString(StandardCharsets.UTF_8)).doesNotContain("at dev.holdfast");
  }

  @Test
  void messageAfterATableThatFailed_isNotStarted() {
    bench.table.faults().every(Fault.DENIED);
    batch.run(message(1, "order-1"), message(2, "order-2"));
    assertThat(lines())
        .containsExactly(
            "WARN outcome=failed message=m-1 request=request-1",
            "WARN outcome=notStarted subject=m-2 why=stopped request=request-1");
  }

  @Test
  void messageBehindAFailedOneOfItsGroup_isNotStarted() {
    batch.broken = Set.of("m-1");
    batch.run(Batch.fifo(1, "order-1", "a"), Batch.fifo(2, "order-2", "a"));
    assertThat(lines())
        .last()
        .isEqualTo("WARN outcome=notStarted subject=m-2 why=\"group stopped\" request=request-1");
  }

  @Test
  void scheduleThatIsSkipped_isOneLine() throws IOException {
    other.holds(LockRequest.of("report").event("e-0"));
    new Report(bench.guard()).invoke(SampleEvents.scheduleRule("e-1", "nightly"), bench.context());
    assertThat(lines())
        .containsExactly(
            "INFO outcome=skipped subject=\"resource report event"
                + " arn:aws:events:us-east-1:123456789012:rule/nightly@2026-01-01T00:00:00Z\""
                + " holder=\"another host\""
                + " leaseEnd=2026-01-01T00:00:10Z request=request-1");
  }

  @Test
  void busyResource_isOneLineNotStarted() {
    other.holds("order-17");
    assertThatExceptionOfType(LockUnavailableException.class)
        .isThrownBy(
            () -> bench.guard().call("order-17", bench.context(), lease -> bench.work("never")));
    assertThat(lines())
        .singleElement()
        .asString()
        .startsWith("WARN outcome=notStarted subject=\"resource order-17\" why=\"lock 'order-17'");
  }

  @Test
  void completionThatFails_saysThatTheWorkMayBeDoneAgain() {
    bench.table.faults().nextPasses().nextPasses().every(Fault.DENIED);
    batch.run(message(1, "order-1"));
    assertThat(lines())
        .first()
        .isEqualTo(
            "WARN outcome=notRemembered lock=test-function:m-1#13,3#event request=request-1: the"
                + " work is done, and may be done again");
  }

  @Test
  void bodyOfAMessage_isInNoLine() {
    batch.broken = Set.of("m-2");
    batch.run(message(1, "s3cret"), message(1, "s3cret"), message(2, "s3cret"));
    assertThat(lines()).isNotEmpty().noneMatch(line -> line.contains("s3cret"));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "order-17, order-17",
        "a b, \"a b\"",
        "a=b, \"a=b\"",
        "a\"b\\c, \"a\\\"b\\\\c\"",
        "é, é",
      })
  void value_neverLooksLikeAnotherLineOrPair(String value, String logged) {
    assertThat(LogValue.of(value)).isEqualTo(logged);
  }

  @Test
  void value_lineEnds_areEscaped() {
    assertThat(LogValue.of("a\nb\r\t\u2028\u0085"))
        .isEqualTo("\"a\\u000ab\\u000d\\u0009\\u2028\\u0085\"");
  }

  @Test
  void value_isCutAt300Characters() {
    assertThat(LogValue.of("x".repeat(300))).hasSize(300);
    assertThat(LogValue.of("x".repeat(301))).isEqualTo("x".repeat(300) + "…");
  }

  @Test
  void value_emptyText_isVisible() {
    assertThat(LogValue.of("")).isEqualTo("\"\"");
  }
}
