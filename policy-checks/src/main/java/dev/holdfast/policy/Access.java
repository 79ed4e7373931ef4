package dev.holdfast.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One thing that a request needs permission for. A transaction needs one for each of its parts.
 *
 * @param action such as {@code dynamodb:PutItem}
 * @param table the table's ARN
 * @param leadingKeys the partition key that the request shows, or none
 */
public record Access(String action, String table, List<String> leadingKeys) {
  /** What precedes a table's name in its ARN, of all tables of tests. */
  public static final String TABLES = "arn:aws:dynamodb:us-east-1:123456789012:table/";

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Map<String, String> PARTS =
      Map.of(
          "ConditionCheck", "dynamodb:ConditionCheckItem",
          "Delete", "dynamodb:DeleteItem",
          "Get", "dynamodb:GetItem",
          "Put", "dynamodb:PutItem",
          "Update", "dynamodb:UpdateItem");

  /**
   * What a request needs.
   *
   * @param operation the operation, such as {@code PutItem}
   * @param body its JSON
   */
  static List<Access> of(String operation, String body) {
    try {
      JsonNode request = JSON.readTree(body);
      return request.has("TransactItems")
          ? ofTransaction(request.path("TransactItems"))
          : List.of(of("dynamodb:" + operation, request));
    } catch (IOException e) {
      throw new UncheckedIOException("the request is no JSON", e);
    }
  }

  private static List<Access> ofTransaction(JsonNode items) {
    List<Access> accesses = new ArrayList<>();
    for (JsonNode item : items) {
      item.fields()
          .forEachRemaining(
              part ->
                  accesses.add(
                      of(
                          Objects.requireNonNull(PARTS.get(part.getKey()), part.getKey()),
                          part.getValue())));
    }
    return accesses;
  }

  private static Access of(String action, JsonNode request) {
    String table = request.path("TableName").asText();
    JsonNode row = request.has("Item") ? request.path("Item") : request.path("Key");
    JsonNode key = row.at("/resource_id/S");
    return new Access(
        action,
        table.startsWith("arn:") ? table : TABLES + table,
        key.isMissingNode() ? List.of() : List.of(key.asText()));
  }
}
