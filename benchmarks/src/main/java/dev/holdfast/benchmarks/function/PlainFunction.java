package dev.holdfast.benchmarks.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Puts one item with a client of the SDK's defaults. */
public final class PlainFunction implements RequestHandler<Map<String, String>, String> {
  private final DynamoDbClient client = DynamoDbClient.create();
  private final String table = System.getenv("HOLDFAST_TABLE");

  @Override
  public String handleRequest(Map<String, String> event, Context context) {
    String order = event.getOrDefault("orderId", "");
    client.putItem(
        r -> r.tableName(table).item(Map.of("resource_id", AttributeValue.fromS(order))));
    return "done";
  }
}
