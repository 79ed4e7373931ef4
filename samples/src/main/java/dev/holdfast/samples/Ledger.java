package dev.holdfast.samples;

import com.amazonaws.services.lambda.runtime.Context;
import dev.holdfast.lock.FencingToken;
import dev.holdfast.lock.TimeSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * What was done to each thing: an item with a history that only grows. It is the work that the
 * sample handlers guard, it knows nothing of the lock table, and it keeps the largest fencing token
 * it has seen, so that a holder whose lease has passed to another can write no more. Thread-safe.
 */
public final class Ledger {
  private static final String APPEND =
      "SET #history = list_append(if_not_exists(#history, :none), :entry)";
  private static final String ADVANCE_FENCE = ", #fence = :token";
  private static final String NOT_STALE = "attribute_not_exists(#fence) OR #fence <= :token";

  private final DynamoDbClient client;
  private final String table;
  private final TimeSource time;

  /**
   * A ledger in a table of its own.
   *
   * @param client the client to write with
   * @param table the table's name; its partition key is {@code subject}, a string
   * @param time the clock that entries are stamped with, and that work takes its time on
   */
  public Ledger(DynamoDbClient client, String table, TimeSource time) {
    this.client = client;
    this.table = table;
    this.time = time;
  }

  /**
   * The ledger in the table that {@code LEDGER_TABLE} names.
   *
   * @return the ledger
   */
  public static Ledger fromEnvironment() {
    String table =
        Optional.ofNullable(System.getenv("LEDGER_TABLE"))
            .orElseThrow(
                () -> new IllegalStateException("LEDGER_TABLE must name a table, is not set"));
    DynamoDbClient client =
        DynamoDbClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()).build();
    return new Ledger(client, table, TimeSource.system());
  }

  /**
   * Carries out a task: says that it begins, works, says that it ended.
   *
   * @param task what to do
   * @param context the invocation that does it
   * @param token the token of the lock that is held meanwhile
   * @throws StaleTokenException where a later holder has written in between
   * @throws InterruptedException where the work is interrupted
   */
  public void execute(Task task, Context context, FencingToken token) throws InterruptedException {
    execute(Attempt.of(task, context.getAwsRequestId(), token));
  }

  /**
   * The same without a lock and so without a fence: to see what goes wrong then.
   *
   * @param task what to do
   * @param context the invocation that does it
   * @throws InterruptedException where the work is interrupted
   */
  public void executeUnguarded(Task task, Context context) throws InterruptedException {
    execute(Attempt.of(task, context.getAwsRequestId(), null));
  }

  private void execute(Attempt attempt) throws InterruptedException {
    write(attempt, "start");
    time.sleep(attempt.task().duration());
    write(attempt, "end");
  }

  private void write(Attempt attempt, String kind) {
    FencingToken token = attempt.token();
    if (token == null) {
      client.updateItem(unfenced(attempt, kind));
      return;
    }
    try {
      client.updateItem(fenced(attempt, kind, token));
    } catch (ConditionalCheckFailedException stale) {
      client.updateItem(unfenced(attempt, "rejected"));
      throw new StaleTokenException(attempt.task(), token);
    }
  }

  private UpdateItemRequest unfenced(Attempt attempt, String kind) {
    return UpdateItemRequest.builder()
        .tableName(table)
        .key(key(attempt))
        .updateExpression(APPEND)
        .expressionAttributeNames(Map.of("#history", "history"))
        .expressionAttributeValues(entryValues(attempt, kind))
        .build();
  }

  private UpdateItemRequest fenced(Attempt attempt, String kind, FencingToken token) {
    Map<String, AttributeValue> values = new HashMap<>(entryValues(attempt, kind));
    values.put(":token", Attempt.number(token.value()));
    return UpdateItemRequest.builder()
        .tableName(table)
        .key(key(attempt))
        .updateExpression(APPEND + ADVANCE_FENCE)
        .conditionExpression(NOT_STALE)
        .expressionAttributeNames(Map.of("#history", "history", "#fence", "fence"))
        .expressionAttributeValues(values)
        .build();
  }

  private static Map<String, AttributeValue> key(Attempt attempt) {
    return Map.of("subject", AttributeValue.fromS(attempt.task().subject()));
  }

  private Map<String, AttributeValue> entryValues(Attempt attempt, String kind) {
    String executionEnvironment =
        System.getenv().getOrDefault("AWS_LAMBDA_LOG_STREAM_NAME", "local");
    AttributeValue entry = attempt.entry(kind, time.wallTime(), executionEnvironment);
    return Map.of(
        ":none", AttributeValue.fromL(List.of()), ":entry", AttributeValue.fromL(List.of(entry)));
  }
}
