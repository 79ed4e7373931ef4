package dev.holdfast.demo.run;

import dev.holdfast.demo.cloud.Function;
import dev.holdfast.demo.cloud.LedgerTable;
import dev.holdfast.demo.words.Text;
import dev.holdfast.lambda.testkit.FunctionCode;
import dev.holdfast.lambda.testkit.FunctionConfiguration;
import dev.holdfast.lambda.testkit.SampleEvents;
import dev.holdfast.lambda.testkit.SqsMessage;
import java.net.URI;
import java.time.Duration;

/**
 * How the functions of a run are configured.
 *
 * @param variant with or without the guard
 * @param code their classes
 * @param dynamoDb where their clients go
 * @param lockTable the lock table's name
 * @param ledgerTable the ledger's name
 */
record Functions(
    Variant variant, FunctionCode code, URI dynamoDb, String lockTable, String ledgerTable) {
  private static final Duration TIMEOUT = Duration.ofSeconds(3);
  private static final int WARM_UP_ORDERS = 1_000;

  Function shipOrder() {
    return new Function(
        "sandbox-", configured(variant.orderHandler(), "ship-order"), code, Functions::order);
  }

  Function nightlyReport() {
    return new Function(
        "report-", configured(variant.reportHandler(), "nightly-report"), code, Functions::report);
  }

  private FunctionConfiguration configured(String handler, String name) {
    return FunctionConfiguration.of(handler)
        .name(name)
        .timeout(TIMEOUT)
        .endpoint(dynamoDb)
        .environment("HOLDFAST_TABLE", lockTable)
        .environment("LEDGER_TABLE", ledgerTable);
  }

  private static String order(int number) {
    String body =
        Text.of(
            "{\"order\":%d,\"step\":\"%s\",\"id\":\"warm-up-%d\",\"takesMillis\":1}",
            WARM_UP_ORDERS + number, LedgerTable.WARM_UP, number);
    return SampleEvents.sqs(SqsMessage.of("warm-up-" + number, body));
  }

  private static String report(int number) {
    return SampleEvents.eventBridge(
        "warm-up-" + number,
        "shop.calendar",
        "Report Due",
        Text.of("{\"report\":\"%s\",\"takesMillis\":1}", LedgerTable.WARM_UP));
  }
}
