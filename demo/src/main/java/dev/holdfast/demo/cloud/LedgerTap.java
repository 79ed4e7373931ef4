package dev.holdfast.demo.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.demo.judge.Entry;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Tells of each entry that the functions write into the ledger, at the moment when it is written
 * and its writer does not know it yet.
 *
 * @param table the ledger's name
 * @param told is told the subject and the entry, and holds up its writer until it returns
 */
record LedgerTap(String table, BiConsumer<String, Entry> told) implements WireTap {
  private static final int APPLIED = 200;

  @Override
  public void passed(Exchange exchange) {
    boolean written =
        exchange.isAbout(table)
            && exchange.operation().equals("UpdateItem")
            && exchange.status() == APPLIED;
    if (!written) {
      return;
    }
    String subject = exchange.request().path("Key").path(LedgerTable.KEY).path("S").asText();
    JsonNode appended = exchange.request().path("ExpressionAttributeValues").path(":entry");
    told.accept(subject, LedgerTable.entry(fields(appended.path("L").path(0).path("M"))));
  }

  private static Map<String, AttributeValue> fields(JsonNode entry) {
    Map<String, AttributeValue> fields = new HashMap<>();
    entry.fields().forEachRemaining(field -> fields.put(field.getKey(), value(field.getValue())));
    return fields;
  }

  private static AttributeValue value(JsonNode typed) {
    return typed.has("N")
        ? AttributeValue.fromN(typed.get("N").asText())
        : AttributeValue.fromS(typed.path("S").asText());
  }
}
