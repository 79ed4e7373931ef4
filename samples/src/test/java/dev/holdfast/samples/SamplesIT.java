package dev.holdfast.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lambda.Ids;
import dev.holdfast.lambda.testkit.FunctionCode;
import dev.holdfast.lambda.testkit.FunctionConfiguration;
import dev.holdfast.lambda.testkit.InvocationResult;
import dev.holdfast.lambda.testkit.InvocationResult.Response;
import dev.holdfast.lambda.testkit.LocalExecutionEnvironment;
import dev.holdfast.lambda.testkit.SampleEvents;
import dev.holdfast.lambda.testkit.SqsMessage;
import dev.holdfast.testkit.local.LocalDynamoDb;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs the deployment package in the runtime client against DynamoDB Local. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class SamplesIT {
  private static final Path ZIP = Path.of("target", "holdfast-samples.zip");

  @AutoClose private static final LocalDynamoDb dynamoDb = LocalDynamoDb.start();
  @AutoClose private final LedgerTable ledger = new LedgerTable(dynamoDb);
  @TempDir private static Path folder;

  @BeforeAll
  static void deploy() throws IOException {
    dynamoDb.createLockTable("locks");
    FunctionCode.unzip(ZIP, folder);
  }

  @Test
  void shipOrder_duplicateMessage_executesEachStepOnce() throws IOException {
    SqsMessage pay = SqsMessage.of("m-1", "{\"order\":17,\"step\":\"pay\",\"id\":\"o17-pay\"}");
    SqsMessage pack = SqsMessage.of("m-2", "{\"order\":17,\"step\":\"pack\",\"id\":\"o17-pack\"}");

    List<String> replies =
        invoke(
            "ShipOrder",
            SampleEvents.sqs(pay, pack),
            SampleEvents.sqs(pay.delivery("receipt-again", 2)));

    assertThat(replies).containsOnly("{\"batchItemFailures\":[]}");
    assertThat(ledger.history("order-17"))
        .containsExactly("start pay", "end pay", "start pack", "end pack");
  }

  @Test
  void nightlyReport_ruleScheduleAndScheduler_writeOneReportPerEvent() throws IOException {
    String event = SampleEvents.eventBridge("e-1", "shop", "ReportWanted", "{\"report\":\"vat\"}");

    invoke(
        "NightlyReport",
        event,
        event,
        SampleEvents.scheduledRule("e-2", "nightly"),
        SampleEvents.scheduler("e-3", "nightly"));

    assertThat(ledger.history("nightly-report"))
        .containsExactly("start vat", "end vat", "start all", "end all", "start all", "end all");
  }

  @Test
  void rebuildIndex_recordEvent_returnsRecord() throws IOException {
    List<String> replies =
        invoke("RebuildIndex", "{\"index\":\"books\",\"reason\":\"new-schema\"}");

    assertThat(replies).first().asString().startsWith("{\"index\":\"books\",\"token\":");
    assertThat(ledger.history(Ids.of("index", "books")))
        .containsExactly("start rebuild", "end rebuild");
  }

  private static List<String> invoke(String handler, String... events) throws IOException {
    FunctionConfiguration function =
        FunctionConfiguration.of("dev.holdfast.samples." + handler + "Handler")
            .timeout(Duration.ofSeconds(30))
            .endpoint(dynamoDb.endpoint())
            .environment("HOLDFAST_TABLE", "locks")
            .environment("LEDGER_TABLE", LedgerTable.NAME);
    try (LocalExecutionEnvironment environment =
        LocalExecutionEnvironment.start(function, new FunctionCode.DeploymentPackage(folder))) {
      return Stream.of(events).map(event -> payload(environment.invoke(event).join())).toList();
    }
  }

  private static String payload(InvocationResult result) {
    assertThat(result).isInstanceOf(Response.class);
    return ((Response) result).payload();
  }
}
