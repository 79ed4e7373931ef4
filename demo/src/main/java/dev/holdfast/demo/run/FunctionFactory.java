package dev.holdfast.demo.run;

import dev.holdfast.demo.aws.DeployedFunction;
import dev.holdfast.demo.dynamodb.LedgerReader;
import dev.holdfast.demo.format.TextFormat;
import dev.holdfast.lambda.testkit.FunctionCode;
import dev.holdfast.lambda.testkit.FunctionConfiguration;
import dev.holdfast.lambda.testkit.SampleEvents;
import dev.holdfast.lambda.testkit.SqsMessage;
import java.net.URI;
import java.time.Duration;

/**
 * Creates the functions of a run.
 *
 * @param variant with or without the guard
 * @param code the classes of the functions
 * @param dynamoDbEndpoint the endpoint of the clients
 * @param lockTable the name of the lock table
 * @param ledgerTable the name of the ledger table
 */
record FunctionFactory(
    Variant variant,
    FunctionCode code,
    URI dynamoDbEndpoint,
    String lockTable,
    String ledgerTable) {
  private static final Duration TIMEOUT = Duration.ofSeconds(3);
  private static final int FIRST_WARM_UP_ORDER = 1_000;

  DeployedFunction shipOrder() {
    return new DeployedFunction(
        "orders-",
        configuration(variant.orderHandler(), "ship-order"),
        code,
        FunctionFactory::orderWarmUpEvent);
  }

  DeployedFunction nightlyReport() {
    return new DeployedFunction(
        "reports-",
        configuration(variant.reportHandler(), "nightly-report"),
        code,
        FunctionFactory::reportWarmUpEvent);
  }

  private FunctionConfiguration configuration(String handler, String name) {
    return FunctionConfiguration.of(handler)
        .name(name)
        .timeout(TIMEOUT)
        .endpoint(dynamoDbEndpoint)
        .environment("HOLDFAST_TABLE", lockTable)
        .environment("LEDGER_TABLE", ledgerTable);
  }

  private static String orderWarmUpEvent(int number) {
    String body =
        TextFormat.format(
            "{\"order\":%d,\"step\":\"%s\",\"id\":\"warm-up-%d\",\"takesMillis\":1}",
            FIRST_WARM_UP_ORDER + number, LedgerReader.WARM_UP_STEP, number);
    return SampleEvents.sqs(SqsMessage.of("warm-up-" + number, body));
  }

  private static String reportWarmUpEvent(int number) {
    return SampleEvents.eventBridge(
        "warm-up-" + number,
        "shop.calendar",
        "Report Due",
        TextFormat.format("{\"report\":\"%s\",\"takesMillis\":1}", LedgerReader.WARM_UP_STEP));
  }
}
