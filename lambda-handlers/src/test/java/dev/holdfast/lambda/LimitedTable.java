package dev.holdfast.lambda;

import dev.holdfast.policy.Access;
import dev.holdfast.policy.DeployedFiles;
import dev.holdfast.policy.IamPolicy;
import dev.holdfast.testkit.SimulatedTable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbServiceClientConfiguration;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;

/** A simulated table for functions that have the deployed policy: what it does not allow, fails. */
record LimitedTable(SimulatedTable table) implements DynamoDbClient {
  private static final IamPolicy POLICY = DeployedFiles.policy("locking", "locks");

  @Override
  public PutItemResponse putItem(PutItemRequest request) {
    check("dynamodb:PutItem", request.tableName(), request.item());
    return table.putItem(request);
  }

  @Override
  public DeleteItemResponse deleteItem(DeleteItemRequest request) {
    check("dynamodb:DeleteItem", request.tableName(), request.key());
    return table.deleteItem(request);
  }

  private static void check(String action, String name, Map<String, AttributeValue> row) {
    String key = Objects.requireNonNull(row.get("resource_id"), "the key").s();
    if (!POLICY.allows(new Access(action, Access.TABLES + name, List.of(key)))) {
      throw new AssertionError("the deployed policy does not allow " + action + " of " + key);
    }
  }

  @Override
  public DynamoDbServiceClientConfiguration serviceClientConfiguration() {
    return table.serviceClientConfiguration();
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
