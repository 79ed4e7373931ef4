package dev.holdfast.samples;

import dev.holdfast.testkit.local.LocalDynamoDb;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** Ledger table on DynamoDB Local, with access to its entries. */
final class LedgerTable implements AutoCloseable {
  static final String NAME = "ledger";

  private final DynamoDbClient client;

  LedgerTable(LocalDynamoDb dynamoDb) {
    dynamoDb.createTable(NAME, "subject", ScalarAttributeType.S);
    client = dynamoDb.client();
  }

  DynamoDbClient client() {
    return client;
  }

  /** Returns the entries of a subject in order, for example {@code start pay}. */
  List<String> history(String subject) {
    return entries(subject).stream().map(entry -> entry.kind() + " " + entry.step()).toList();
  }

  List<Entry> entries(String subject) {
    Map<String, AttributeValue> key = Map.of("subject", AttributeValue.fromS(subject));
    Map<String, AttributeValue> item =
        client.getItem(r -> r.tableName(NAME).key(key).consistentRead(true)).item();
    AttributeValue history = item.get("history");
    return history == null
        ? List.of()
        : history.l().stream().map(entry -> Entry.of(entry.m())).toList();
  }

  /** One entry. The value of a missing field is "none". */
  record Entry(
      String kind,
      String attempt,
      String step,
      String id,
      String request,
      String atMicros,
      String token) {

    static Entry of(Map<String, AttributeValue> fields) {
      return new Entry(
          text(fields, "kind"),
          text(fields, "attempt"),
          text(fields, "step"),
          text(fields, "id"),
          text(fields, "request"),
          text(fields, "at_us"),
          text(fields, "token"));
    }

    private static String text(Map<String, AttributeValue> fields, String name) {
      AttributeValue value = fields.getOrDefault(name, AttributeValue.fromS("none"));
      return value.s() == null ? value.n() : value.s();
    }
  }

  @Override
  public void close() {
    client.deleteTable(r -> r.tableName(NAME));
    client.close();
  }
}
