package dev.holdfast.testkit;

import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/** The rows of a simulated table. One write at a time, as DynamoDB orders the writes of one key. */
final class Rows {
  private static final Map<String, AttributeValue> ABSENT = Map.of();

  private final WriteCheck check;
  private final Map<String, ParsedCondition> parsed = new ConcurrentHashMap<>();
  private final Map<String, Map<String, AttributeValue>> rows = new HashMap<>();
  private RequestCounts counts = RequestCounts.NONE;
  private RowChange listener = (before, after) -> {};

  Rows(String table, String key) {
    this.check = new WriteCheck(table, key);
  }

  /** Applies the write where its condition holds; answers the old row where it was wanted. */
  Optional<Map<String, AttributeValue>> apply(Write write) {
    Map<String, AttributeValue> item = Values.normal(write.item());
    int bytes = ItemSize.bytes(item);
    check.check(write, bytes);
    Optional<ParsedCondition> condition = condition(write.guard());
    synchronized (this) {
      return applyChecked(write, item, bytes, condition);
    }
  }

  private Optional<Map<String, AttributeValue>> applyChecked(
      Write write,
      Map<String, AttributeValue> item,
      int bytes,
      Optional<ParsedCondition> condition) {
    String name = nameOf(item);
    Map<String, AttributeValue> old = rows.getOrDefault(name, ABSENT);
    boolean holds = condition.map(c -> c.holds(old, write.guard().bindings())).orElse(true);
    count(write, bytes, old, holds);
    if (!holds) {
      throw refused(write.wanted().rowOnRefusal() ? old : ABSENT);
    }
    if (write.isPut()) {
      rows.put(name, Collections.unmodifiableMap(item));
    } else {
      rows.remove(name);
    }
    listener.changed(old, rows.getOrDefault(name, ABSENT));
    return old.isEmpty() || !write.wanted().oldRow() ? Optional.empty() : Optional.of(old);
  }

  private Optional<ParsedCondition> condition(Write.Guard guard) {
    String text = guard.condition();
    if (text == null) {
      guard.bindings().checkNoneGiven();
      return Optional.empty();
    }
    ParsedCondition condition = parsed.computeIfAbsent(text, ConditionParser::parse);
    condition.check(guard.bindings());
    return Optional.of(condition);
  }

  private void count(Write write, int bytes, Map<String, AttributeValue> old, boolean holds) {
    int puts = write.isPut() ? 1 : 0;
    int refused = holds ? 0 : 1;
    int larger = Math.max(write.isPut() ? bytes : 0, ItemSize.bytes(old));
    counts =
        counts.plus(
            new RequestCounts(
                puts,
                1 - puts,
                puts * refused,
                (1 - puts) * refused,
                0,
                ItemSize.writeUnits(larger)));
  }

  private static RuntimeException refused(Map<String, AttributeValue> shown) {
    String message = "The conditional request failed";
    var refused = ConditionalCheckFailedException.builder();
    if (!shown.isEmpty()) {
      refused.item(shown);
    }
    return (RuntimeException)
        refused
            .awsErrorDetails(ServiceError.details("ConditionalCheckFailedException", message))
            .message(message)
            .statusCode(400)
            .requestId("simulated")
            .writableStackTrace(false)
            .build();
  }

  synchronized void tell(RowChange other) {
    listener = other;
  }

  synchronized void countOther() {
    counts = counts.plus(new RequestCounts(0, 0, 0, 0, 1, 0));
  }

  synchronized RequestCounts counts() {
    return counts;
  }

  synchronized Optional<Map<String, AttributeValue>> row(String name) {
    return Optional.ofNullable(rows.get(name));
  }

  synchronized Map<String, Map<String, AttributeValue>> all() {
    return Map.copyOf(rows);
  }

  synchronized void put(Map<String, AttributeValue> row) {
    rows.put(nameOf(row), Map.copyOf(row));
  }

  synchronized void delete(String name) {
    rows.remove(name);
  }

  private String nameOf(Map<String, AttributeValue> row) {
    AttributeValue name = row.get(check.key());
    if (name == null || name.s() == null) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "a row must have the key %s (String), got %s", check.key(), row));
    }
    return name.s();
  }
}
