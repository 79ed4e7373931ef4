package dev.holdfast.demo.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.demo.dynamodb.DynamoDbProxy.Exchange;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;

/** Counts the write requests to one table at the proxy. Thread-safe. */
public final class WriteCounter {
  private static final int WRITE_UNIT_BYTES = 1024;
  private static final int BAD_REQUEST = 400;

  private final AtomicReference<WriteCounts> counts = new AtomicReference<>(WriteCounts.ZERO);
  private final String table;

  private WriteCounter(String table) {
    this.table = table;
  }

  /**
   * Creates a counter that counts from now on.
   *
   * @param proxy the proxy that forwards the requests
   * @param table the name of the table
   * @return the counter
   */
  public static WriteCounter attachTo(DynamoDbProxy proxy, String table) {
    WriteCounter counter = new WriteCounter(table);
    proxy.addListener(counter::onExchange);
    return counter;
  }

  /**
   * Returns the counts since the start or the last {@link #reset()}.
   *
   * @return the counts
   */
  public WriteCounts counts() {
    return counts.get();
  }

  /** Resets the counts to zero. */
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

  /**
   * Returns the write units of an item. The JSON text is longer than the item, so the result is
   * never too small.
   */
  private static int writeUnits(JsonNode item) {
    int bytes = item.toString().getBytes(StandardCharsets.UTF_8).length;
    return Math.max(1, (bytes + WRITE_UNIT_BYTES - 1) / WRITE_UNIT_BYTES);
  }

  /**
   * Counts of the write requests to a lock table.
   *
   * @param puts the number of PutItem requests
   * @param conditionalCheckFailures the number of PutItem requests whose condition failed
   * @param deletes the number of DeleteItem requests
   * @param writeUnits the write units of all requests; a rejected write consumes them too
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
