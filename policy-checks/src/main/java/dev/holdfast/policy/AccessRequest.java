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
 * Access for which a request needs permission. A transaction has one access for each of its items.
 *
 * @param action the action, for example {@code dynamodb:PutItem}
 * @param tableArn the table's ARN
 * @param leadingKeys the partition key of the request, or an empty list
 */
public record AccessRequest(String action, String tableArn, List<String> leadingKeys) {
  /** ARN of a test table without the table name. */
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
   * Returns the accesses of a request.
   *
   * @param operation the operation, for example {@code PutItem}
   * @param body the JSON body
   */
  static List<AccessRequest> parse(String operation, String body) {
    try {
      JsonNode request = JSON.readTree(body);
      return request.has("TransactItems")
          ? parseTransaction(request.path("TransactItems"))
          : List.of(parse("dynamodb:" + operation, request));
    } catch (IOException e) {
      throw new UncheckedIOException("the request must be JSON, got: " + body, e);
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
