package dev.holdfast.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.lambda.testkit.TestContext;
import dev.holdfast.lock.FencingToken;
import dev.holdfast.lock.TimeSource;
import dev.holdfast.samples.LedgerTable.Entry;
import dev.holdfast.testkit.ManualClock;
import dev.holdfast.testkit.local.LocalDynamoDb;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private static final Task PAY = task("pay");
  private static final Task PACK = task("pack");
  private static final FencingToken FIRST = new FencingToken(1);
  private static final FencingToken SECOND = new FencingToken(2);

  private final ManualClock time = ManualClock.at(Instant.parse("2026-01-01T00:00:00Z"));
  private final TestContext context = TestContext.at(time).requestId("r-1");

  @AutoClose private static final LocalDynamoDb DYNAMO_DB = LocalDynamoDb.start();
  @AutoClose private final LedgerTable table = new LedgerTable(DYNAMO_DB);
  private final Ledger ledger = new Ledger(table.client(), LedgerTable.NAME, time);

  @Test
  void execute_writesStartAndEndOfOneAttempt() throws InterruptedException {
    ledger.execute(PAY, context, FIRST);

    assertThat(table.history("order-17")).containsExactly("start pay", "end pay");
    Entry start = table.entries("order-17").get(0);
    Entry end = table.entries("order-17").get(1);
    assertThat(start)
        .isEqualTo(
            new Entry("start", start.attempt(), "pay", "o17-pay", "r-1", "1767225600000000", "1"));
    assertThat(end)
        .isEqualTo(
            new Entry("end", start.attempt(), "pay", "o17-pay", "r-1", "1767225600050000", "1"));
  }

  @Test
  void execute_staleToken_isRejectedAndRecorded() throws InterruptedException {
    ledger.execute(PAY, context, SECOND);

    assertThatExceptionOfType(StaleTokenException.class)
        .isThrownBy(() -> ledger.execute(PACK, context, FIRST))
        .withMessageContaining("step pack of order-17")
        .withMessageContaining("a token above 1");

    assertThat(table.history("order-17")).containsExactly("start pay", "end pay", "rejected pack");
  }

  @Test
  void execute_takeoverDuringWork_rejectsEnd() throws InterruptedException {
    Ledger overtaken = new Ledger(table.client(), LedgerTable.NAME, new TakeoverDuringSleep());

    assertThatExceptionOfType(StaleTokenException.class)
        .isThrownBy(() -> overtaken.execute(PAY, context, FIRST));

    assertThat(table.history("order-17"))
        .containsExactly("start pay", "start pack", "end pack", "rejected pay");
  }

  @Test
  void execute_sameTokenAgain_isAllowed() throws InterruptedException {
    ledger.execute(PAY, context, FIRST);
    ledger.execute(PACK, context, FIRST);

    assertThat(table.history("order-17")).hasSize(4);
  }

  @Test
  void executeUnguarded_ignoresFence() throws InterruptedException {
    ledger.execute(PAY, context, SECOND);
    ledger.executeUnguarded(PACK, context);

    assertThat(table.history("order-17")).endsWith("start pack", "end pack");
    assertThat(table.entries("order-17").get(2).token()).isEqualTo("none");
  }

  /** Time source that lets the next holder execute its step during a sleep of the first one. */
  private final class TakeoverDuringSleep implements TimeSource {

    @Override
    public Instant wallTime() {
      return time.wallTime();
    }

    @Override
    public long monotonicNanos() {
      return time.monotonicNanos();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
      ledger.execute(PACK, context, SECOND);
    }
  }

  private static Task task(String step) {
    return new Task("order-17", step, "o17-" + step, Duration.ofMillis(50));
  }
}
