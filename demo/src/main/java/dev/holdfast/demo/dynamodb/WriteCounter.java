package dev.holdfast.demo.dynamodb;

import dev.holdfast.demo.dynamodb.DynamoDbProxy.Exchange;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;

/** Counts what one table is asked for, at the wire. Thread-safe. */
public final class WriteCounter {
  private static final int WRITE_UNIT_BYTES = 1024;
  private static final int BAD_REQUEST = 400;

  private final AtomicReference<WriteCounts> counts = new AtomicReference<>(WriteCounts.ZERO);
  private final String table;

  private WriteCounter(String table) {
    this.table = table;
  }

  /**
   * Counts from now on.
   *
   * @param proxy what passes everything on
   * @param table whose writes are counted
   * @return the meter
   */
  public static WriteCounter attachTo(DynamoDbProxy proxy, String table) {
    WriteCounter counter = new WriteCounter(table);
    proxy.addListener(counter::onExchange);
    return counter;
  }

  /**
   * What was counted since the start or the last {@link #reset()}.
   *
   * @return the numbers
   */
  public WriteCounts counts() {
    return counts.get();
  }

  /** Starts to count anew. */
  public void reset() {
    counts.set(WriteCounts.ZERO);
  }

  private void onExchange(Exchange exchange) {
    if (!exchange.isForTable(table)) {
      return;
    }
    boolean conditionFailed =
        exchange.status() == BAD_REQUEST
            && exchange.response().contains("ConditionalCheckFailedException");
    if (exchange.operation().equals("PutItem")) {
      add(
          new WriteCounts(
              1, conditionFailed ? 1 : 0, 0, writeUnits(exchange.request().path("Item"))));
    } else if (exchange.operation().equals("DeleteItem")) {
      add(new WriteCounts(0, 0, 1, 1));
    }
  }

  private void add(WriteCounts additional) {
    counts.accumulateAndGet(additional, WriteCounts::plus);
  }

  /** The JSON of a row is longer than the row, so this never counts too little. */
  private static int writeUnits(JsonNode item) {
    int bytes = item.toString().getBytes(StandardCharsets.UTF_8).length;
    return Math.max(1, (bytes + WRITE_UNIT_BYTES - 1) / WRITE_UNIT_BYTES);
  }

  /**
   * What the lock table was asked for.
   *
   * @param puts PutItem requests
   * @param conditionalCheckFailures those of them whose condition failed
   * @param deletes DeleteItem requests
   * @param writeUnits write units in all; a refused write costs them too
   */
  public record WriteCounts(int puts, int conditionalCheckFailures, int deletes, int writeUnits) {
    static final WriteCounts ZERO = new WriteCounts(0, 0, 0, 0);

    WriteCounts plus(WriteCounts other) {
      return new WriteCounts(
          puts + other.puts,
          conditionalCheckFailures + other.conditionalCheckFailures,
          deletes + other.deletes,
          writeUnits + other.writeUnits);
    }
  }
}
