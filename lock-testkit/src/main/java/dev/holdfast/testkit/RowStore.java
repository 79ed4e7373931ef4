package dev.holdfast.testkit;

import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * Rows of a simulated table. It applies one write at a time, as DynamoDB orders the writes of one
 * key.
 */
final class RowStore {
  private static final Map<String, AttributeValue> ABSENT = Map.of();

  private final WriteValidator validator;
  private final Map<String, ParsedCondition> parsedConditions = new ConcurrentHashMap<>();
  private final Map<String, Map<String, AttributeValue>> rows = new HashMap<>();
  private RequestCounts counts = RequestCounts.NONE;
  private RowChangeListener listener = (before, after) -> {};

  RowStore(String table, String key) {
    this.validator = new WriteValidator(table, key);
  }

  /** Applies a write if its condition holds. Returns the old row if the request asks for it. */
  Optional<Map<String, AttributeValue>> apply(TableWrite write) {
    Map<String, AttributeValue> item = AttributeValues.normalize(write.item());
    int bytes = ItemSize.bytes(item);
    validator.validate(write, bytes);
    Optional<ParsedCondition> condition = condition(write.condition());
    synchronized (this) {
      return applyValidated(write, item, bytes, condition);
    }
  }

  private Optional<Map<String, AttributeValue>> applyValidated(
      TableWrite write,
      Map<String, AttributeValue> item,
      int bytes,
      Optional<ParsedCondition> condition) {
    String key = keyOf(item);
    Map<String, AttributeValue> oldRow = rows.getOrDefault(key, ABSENT);
    boolean holds =
        condition.map(c -> c.evaluate(oldRow, write.condition().bindings())).orElse(true);
    count(write, bytes, oldRow, holds);
    if (!holds) {
      throw conditionalCheckFailed(write.returnOptions().rowOnConditionFailure() ? oldRow : ABSENT);
    }
    if (write.isPut()) {
      rows.put(key, Collections.unmodifiableMap(item));
    } else {
      rows.remove(key);
    }
    listener.onChange(oldRow, rows.getOrDefault(key, ABSENT));
    return oldRow.isEmpty() || !write.returnOptions().oldRow()
        ? Optional.empty()
        : Optional.of(oldRow);
  }

  private Optional<ParsedCondition> condition(TableWrite.WriteCondition condition) {
    String text = condition.expression();
    if (text == null) {
      condition.bindings().checkEmpty();
      return Optional.empty();
    }
    ParsedCondition parsed = parsedConditions.computeIfAbsent(text, ConditionParser::parse);
    parsed.check(condition.bindings());
    return Optional.of(parsed);
  }

  private void count(
      TableWrite write, int bytes, Map<String, AttributeValue> oldRow, boolean holds) {
    int puts = write.isPut() ? 1 : 0;
    int rejected = holds ? 0 : 1;
    int larger = Math.max(write.isPut() ? bytes : 0, ItemSize.bytes(oldRow));
    counts =
        counts.plus(
            new RequestCounts(
                puts,
                1 - puts,
                puts * rejected,
                (1 - puts) * rejected,
                0,
                ItemSize.writeUnits(larger)));
  }

  private static RuntimeException conditionalCheckFailed(Map<String, AttributeValue> row) {
    String message = "The conditional request failed";
    var builder = ConditionalCheckFailedException.builder();
    if (!row.isEmpty()) {
      builder.item(row);
    }
    return (RuntimeException)
        builder
            .awsErrorDetails(ServiceError.details("ConditionalCheckFailedException", message))
            .message(message)
            .statusCode(400)
            .requestId("simulated")
            .writableStackTrace(false)
            .build();
  }

  synchronized void setListener(RowChangeListener other) {
    listener = other;
  }

  synchronized void countUnsupported() {
    counts = counts.plus(new RequestCounts(0, 0, 0, 0, 1, 0));
  }

  synchronized RequestCounts counts() {
    return counts;
  }

  synchronized Optional<Map<String, AttributeValue>> row(String key) {
    return Optional.ofNullable(rows.get(key));
  }

  synchronized Map<String, Map<String, AttributeValue>> all() {
    return Map.copyOf(rows);
  }

  synchronized void put(Map<String, AttributeValue> row) {
    rows.put(keyOf(row), Map.copyOf(row));
  }

  synchronized void delete(String key) {
    rows.remove(key);
  }

  private String keyOf(Map<String, AttributeValue> row) {
    AttributeValue keyValue = row.get(validator.key());
    if (keyValue == null || keyValue.s() == null) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "a row must have the key %s (String), got %s", validator.key(), row));
    }
    return keyValue.s();
  }
}
