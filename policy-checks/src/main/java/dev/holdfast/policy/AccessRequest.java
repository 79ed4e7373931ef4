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
 * @param tableArn the table's ARN
 * @param leadingKeys the partition key that the request shows, or none
 */
public record AccessRequest(String action, String tableArn, List<String> leadingKeys) {
  /** What precedes a table's name in its ARN, of all tables of tests. */
  public static final String TABLE_ARN_PREFIX = "arn:aws:dynamodb:us-east-1:123456789012:table/";

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Map<String, String> TRANSACTION_ACTIONS =
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
  static List<AccessRequest> parse(String operation, String body) {
    try {
      JsonNode request = JSON.readTree(body);
      return request.has("TransactItems")
          ? parseTransaction(request.path("TransactItems"))
          : List.of(parse("dynamodb:" + operation, request));
    } catch (IOException e) {
      throw new UncheckedIOException("the request is no JSON", e);
    }
  }

  private static List<AccessRequest> parseTransaction(JsonNode items) {
    List<AccessRequest> requests = new ArrayList<>();
    for (JsonNode item : items) {
      item.fields()
          .forEachRemaining(
              part ->
                  requests.add(
                      parse(
                          Objects.requireNonNull(
                              TRANSACTION_ACTIONS.get(part.getKey()), part.getKey()),
                          part.getValue())));
    }
    return requests;
  }

  private static AccessRequest parse(String action, JsonNode request) {
    String table = request.path("TableName").asText();
    JsonNode row = request.has("Item") ? request.path("Item") : request.path("Key");
    JsonNode key = row.at("/resource_id/S");
    return new AccessRequest(
        action,
        table.startsWith("arn:") ? table : TABLE_ARN_PREFIX + table,
        key.isMissingNode() ? List.of() : List.of(key.asText()));
  }
}
