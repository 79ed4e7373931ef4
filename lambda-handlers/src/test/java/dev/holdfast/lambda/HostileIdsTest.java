package dev.holdfast.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.holdfast.lambda.fixtures.GuardFixture;
import dev.holdfast.lambda.fixtures.SqsBatchFixture;
import dev.holdfast.lambda.model.EventBridgeEvent;
import dev.holdfast.lambda.testkit.SqsMessage;
import dev.holdfast.testkit.Fault;
import dev.holdfast.testkit.OtherHost;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/**
 * Drives a guard with hostile ids. No log line, message, metrics line or entry of the logging
 * context has a raw character that forges a line or changes a terminal.
 */
class HostileIdsTest {
  private static final String HOSTILE =
      "o-1\r\nWARN forged\u001b[31m\u0085\u009b\u2028\u2029\u202e\ufeff\u00a0";

  private static final Pattern RAW =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\u2028\\u2029\\u00a0&&[^\\n\\t]]|(?m)^WARN forged");

  private final GuardFixture fixture = new GuardFixture();
  private final List<String> texts = new ArrayList<>();
  private final Guard guard = withMetrics(fixture.deduplicatingGuard());
  private final PrintStream err = System.err;
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  private Guard withMetrics(Guard original) {
    Guard metricsGuard = original.metrics("Shop");
    return metricsGuard.with(
        metricsGuard.config().with(metricsGuard.config().metricsOptions().withOutput(texts::add)));
  }

  @BeforeEach
  void capture() {
    System.setErr(new PrintStream(written, true, UTF_8));
  }

  @AfterEach
  void check() {
    System.setErr(err);
    texts.add(written.toString(UTF_8));
    assertThat(texts)
        .allSatisfy(text -> assertThat(text).doesNotContainPattern(RAW))
        .anySatisfy(text -> assertThat(text).contains("u000aWARN forged"));
  }

  private void processBatch() {
    guard.processBatch(
        SqsBatchFixture.event(SqsMessage.of("m-1" + HOSTILE, HOSTILE)),
        fixture.context(),
        Ids.<SQSMessage>ofResource(SQSMessage::getBody).andEvent(SQSMessage::getMessageId),
        (message, lease) -> {
          texts.add(String.valueOf(MDC.get("lock")));
          fixture.process("done");
        });
  }

  @Test
  void work_andItsDuplicate() {
    processBatch();
    processBatch();
    assertThat(fixture.processed).hasSize(1);
  }

  @Test
  void workThatFails() {
    fixture.failure = Optional.of(new IllegalStateException("no paper"));
    processBatch();
  }

  @Test
  void busyWork() {
    OtherHost.on(fixture.table, fixture.time).acquire(HOSTILE);
    processBatch();
    texts.add(
        String.valueOf(
            catchThrowable(
                () -> guard.call(HOSTILE, fixture.context(), lease -> fixture.process("never")))));
  }

  @Test
  void reentrantWork() {
    texts.add(
        String.valueOf(
            catchThrowable(
                () ->
                    guard.call(
                        HOSTILE,
                        fixture.context(),
                        outer ->
                            guard.call(
                                HOSTILE, fixture.context(), lease -> fixture.process("never"))))));
  }

  @Test
  void tableThatRefuses() {
    fixture.table.faults().always(Fault.DENIED);
    processBatch();
    texts.add(
        String.valueOf(
            catchThrowable(
                () -> guard.call(HOSTILE, fixture.context(), lease -> fixture.process("never")))));
  }

  @Test
  void eventOfEventBridge() {
    texts.add(
        new EventBridgeEvent(HOSTILE, HOSTILE, HOSTILE, "", "", "", List.of(), HOSTILE).toString());
  }
}
