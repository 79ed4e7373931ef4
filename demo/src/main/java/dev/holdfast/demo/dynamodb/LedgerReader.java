package dev.holdfast.demo.dynamodb;

import dev.holdfast.demo.checker.History;
import dev.holdfast.demo.checker.LedgerEntry;
import dev.holdfast.demo.checker.LedgerEntry.Kind;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Reads the table that the functions write their ledger entries to. Thread-safe.
 *
 * @param client a client that does not use the proxy which counts requests
 * @param table the name of the ledger table
 */
public record LedgerReader(DynamoDbClient client, String table) {
  /** Partition key of the ledger table. */
  public static final String PARTITION_KEY = "subject";

  /** Step of the warm-up events; the reader ignores its entries. */
  public static final String WARM_UP_STEP = "warm-up";

  /**
   * Reads all entries.
   *
   * @return one history for each subject
   */
  public List<History> read() {
    return client.scanPaginator(r -> r.tableName(table).consistentRead(true)).items().stream()
        .map(LedgerReader::history)
        .filter(history -> !history.entries().isEmpty())
        .toList();
  }

  private static History history(Map<String, AttributeValue> item) {
    List<LedgerEntry> entries =
        attribute(item, "history").l().stream()
            .map(entry -> entry(entry.m()))
            .filter(entry -> !entry.step().equals(WARM_UP_STEP))
            .toList();
    return new History(attribute(item, PARTITION_KEY).s(), entries);
  }

  static LedgerEntry entry(Map<String, AttributeValue> fields) {
    return new LedgerEntry(
        Kind.valueOf(attribute(fields, "kind").s().toUpperCase(Locale.ROOT)),
        attribute(fields, "attempt").s(),
        attribute(fields, "step").s(),
        attribute(fields, "environment").s(),
        Instant.EPOCH.plus(Long.parseLong(attribute(fields, "at_us").n()), ChronoUnit.MICROS));
  }

  private static AttributeValue attribute(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "a ledger entry must have the attribute " + name + ", got " + item);
    }
    return value;
  }
}
