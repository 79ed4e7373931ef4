package dev.holdfast.verification.fencing;

import dev.holdfast.testkit.SimulatedTable;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/**
 * Table of a user in memory, for runs that are too long for DynamoDB Local. It supports GetItem,
 * and UpdateItem with one SET clause of plain values. An update is a put of the changed item with
 * the condition of the update, which the simulated table evaluates. For one thread.
 */
public final class InMemoryItemTable implements DynamoDbClient {
  private static final String KEY = "id";
  private static final Pattern PLACEHOLDER = Pattern.compile("[#:]\\w+");
  private static final Pattern SET_EXPRESSION = Pattern.compile("SET .*");
  private static final Pattern ASSIGNMENT = Pattern.compile("(#\\w+) = (:\\w+)");

  private final SimulatedTable items;

  /**
   * Creates an empty table.
   *
   * @param name name of the table in requests; its key is {@code id}
   */
  public InMemoryItemTable(String name) {
    items = SimulatedTable.withKey(name, KEY);
  }

  @Override
  public GetItemResponse getItem(GetItemRequest request) {
    return GetItemResponse.builder().item(item(request.key())).build();
  }

  private Map<String, AttributeValue> item(Map<String, AttributeValue> key) {
    return items.row(key.get(KEY).s()).orElse(Map.of());
  }

  @Override
  public UpdateItemResponse updateItem(UpdateItemRequest request) {
    Map<String, AttributeValue> changed = new HashMap<>(item(request.key()));
    changed.putAll(request.key());
    if (!SET_EXPRESSION.matcher(request.updateExpression()).matches()) {
      throw new UnsupportedOperationException("one SET clause, got " + request.updateExpression());
    }
    Matcher assignment = ASSIGNMENT.matcher(request.updateExpression());
    while (assignment.find()) {
      changed.put(
          request.expressionAttributeNames().get(assignment.group(1)),
          request.expressionAttributeValues().get(assignment.group(2)));
    }
    items.putItem(put(request, changed));
    return UpdateItemResponse.builder().attributes(changed).build();
  }

  private static PutItemRequest put(
      UpdateItemRequest request, Map<String, AttributeValue> changed) {
    var put = PutItemRequest.builder().tableName(request.tableName()).item(changed);
    if (request.conditionExpression() == null) {
      return put.build();
    }
    return put.conditionExpression(request.conditionExpression())
        .expressionAttributeNames(
            placeholdersIn(request.conditionExpression(), request.expressionAttributeNames()))
        .expressionAttributeValues(
            placeholdersIn(request.conditionExpression(), request.expressionAttributeValues()))
        .returnValuesOnConditionCheckFailure(request.returnValuesOnConditionCheckFailure())
        .build();
  }

  private static <V> Map<String, V> placeholdersIn(String condition, Map<String, V> placeholders) {
    return PLACEHOLDER
        .matcher(condition)
        .results()
        .map(found -> found.group())
        .distinct()
        .filter(placeholders::containsKey)
        .collect(Collectors.toMap(found -> found, placeholders::get));
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
