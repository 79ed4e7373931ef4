package dev.holdfast.demo.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.demo.checker.LedgerEntry;
import dev.holdfast.demo.dynamodb.DynamoDbProxy.Exchange;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Notifies a consumer of each ledger entry after the table has stored it and before its writer
 * receives the response.
 *
 * @param table the name of the ledger table
 * @param consumer receives the subject and the entry; the writer waits until it returns
 */
public record LedgerListener(String table, BiConsumer<String, LedgerEntry> consumer)
    implements Consumer<Exchange> {
  private static final int HTTP_OK = 200;

  @Override
  public void accept(Exchange exchange) {
    boolean entryWritten =
        exchange.isForTable(table)
            && exchange.operation().equals("UpdateItem")
            && exchange.status() == HTTP_OK;
    if (!entryWritten) {
      return;
    }
    String subject =
        exchange.request().path("Key").path(LedgerReader.PARTITION_KEY).path("S").asText();
    JsonNode appended = exchange.request().path("ExpressionAttributeValues").path(":entry");
    consumer.accept(subject, LedgerReader.entry(fields(appended.path("L").path(0).path("M"))));
  }

  private static Map<String, AttributeValue> fields(JsonNode entry) {
    Map<String, AttributeValue> fields = new HashMap<>();
    entry.fields().forEachRemaining(field -> fields.put(field.getKey(), value(field.getValue())));
    return fields;
  }

  private static AttributeValue value(JsonNode attributeValue) {
    return attributeValue.has("N")
        ? AttributeValue.fromN(attributeValue.get("N").asText())
        : AttributeValue.fromS(attributeValue.path("S").asText());
  }
}
