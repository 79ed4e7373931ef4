package dev.holdfast.testkit.simulation;

import dev.holdfast.testkit.SimulatedTable;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbServiceClientConfiguration;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;

/** One host's way to the table: tells what passes, and bends it where the rule is a bad one. */
final class Door implements DynamoDbClient {
  private final SimulatedTable table;
  private final BadRule rule;
  private final HostClock clock;
  private final Telling telling;

  Door(SimulatedTable table, BadRule rule, HostClock clock, Telling telling) {
    this.table = table;
    this.rule = rule;
    this.clock = clock;
    this.telling = telling;
  }

  @Override
  public PutItemResponse putItem(PutItemRequest request) {
    return passing(
        () -> "puts " + shown(request.item()), () -> table.putItem(rule.bent(request)), request);
  }

  @Override
  public DeleteItemResponse deleteItem(DeleteItemRequest request) {
    return passing(() -> "deletes", () -> table.deleteItem(request), request);
  }

  private <T> T passing(Supplier<String> what, Supplier<T> sending, Object request) {
    String host = clock.host();
    Runnable end = rule == BadRule.COUNTS_FROM_THE_REPLY ? clock.standingStill() : () -> {};
    telling.tell(() -> host + " sends: " + what.get());
    try {
      T answer = sending.get();
      telling.tell(() -> host + " hears: applied");
      return answer;
    } catch (ConditionalCheckFailedException e) {
      telling.tell(() -> host + " hears: refused by " + shown(e.item()));
      throw request instanceof PutItemRequest put ? rule.bent(e, put) : e;
    } catch (SdkException e) {
      telling.tell(() -> host + " hears: " + e.getClass().getSimpleName());
      throw e;
    } finally {
      end.run();
    }
  }

  private static String shown(Map<String, AttributeValue> row) {
    StringBuilder shown = new StringBuilder();
    row.forEach((name, value) -> shown.append(' ').append(name).append('=').append(text(value)));
    return row.isEmpty() ? "no row" : shown.substring(1);
  }

  private static String text(AttributeValue value) {
    return value.s() == null ? value.n() : value.s();
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
