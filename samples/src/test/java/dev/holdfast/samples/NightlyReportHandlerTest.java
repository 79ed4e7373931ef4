package dev.holdfast.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lambda.Guard;
import dev.holdfast.lambda.testkit.InProcessInvoker;
import dev.holdfast.lambda.testkit.SampleEvents;
import dev.holdfast.lambda.testkit.TestContext;
import dev.holdfast.lock.dynamodb.DynamoDbLockClient;
import dev.holdfast.testkit.ManualClock;
import dev.holdfast.testkit.SimulatedTable;
import dev.holdfast.testkit.local.LocalDynamoDb;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class NightlyReportHandlerTest {
  @AutoClose private static final LocalDynamoDb dynamoDb = LocalDynamoDb.start();
  @AutoClose private final LedgerTable table = new LedgerTable(dynamoDb);

  private final ManualClock time = ManualClock.at(Instant.parse("2026-01-01T00:00:00Z"));
  private final Guard guard =
      Guard.on(
              DynamoDbLockClient.create(SimulatedTable.named("locks", time), "locks")
                  .withTimeSource(time))
          .deduplicating(Duration.ofDays(1));
  private final InProcessInvoker handler =
      InProcessInvoker.of(
          new NightlyReportHandler(guard, new Ledger(table.client(), LedgerTable.NAME, time)));

  @Test
  void ruleEventDeliveredTwice_writesOneReport() throws IOException {
    String event =
        SampleEvents.eventBridge("e-1", "shop", "ReportWanted", "{\"report\":\"sales\"}");

    receive(event);
    receive(event);

    assertThat(table.history("nightly-report")).containsExactly("start sales", "end sales");
  }

  @Test
  void nextNight_writesTheNextReport() throws IOException {
    receive(SampleEvents.scheduledRule("e-1", "nightly"));
    receive(SampleEvents.scheduledRule("e-2", "nightly", "2026-01-02T00:00:00Z"));

    assertThat(table.history("nightly-report"))
        .containsExactly("start all", "end all", "start all", "end all");
  }

  @Test
  void schedulerEvent_withStringDetail_writesReport() throws IOException {
    receive(SampleEvents.scheduler("e-1", "nightly"));

    assertThat(table.history("nightly-report")).containsExactly("start all", "end all");
  }

  private void receive(String event) throws IOException {
    handler.invoke(event, TestContext.at(time));
  }
}
