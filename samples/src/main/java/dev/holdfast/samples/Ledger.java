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
 * Ledger of the executed tasks: one item with an append-only history for each order, report or
 * index. The sample handlers guard its writes with locks.
 *
 * <p>The ledger does not read the lock table. It stores the largest fencing token that it has
 * received, and so rejects the writes of a holder whose lease has passed to another one.
 * Thread-safe.
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
   * Creates a ledger in a separate table.
   *
   * @param client the client of the table
   * @param table the name of the table; its partition key is {@code subject}, a string
   * @param time the time source of the timestamps and of the simulated work
   */
  public Ledger(DynamoDbClient client, String table, TimeSource time) {
    this.client = client;
    this.table = table;
    this.time = time;
  }

  /**
   * Creates the ledger in the table that the variable {@code LEDGER_TABLE} names.
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
   * Executes a task: writes a start entry, works, and writes an end entry.
   *
   * @param task the task
   * @param context the context of the invocation
   * @param token the fencing token of the held lock
   * @throws StaleTokenException if a later holder has written in the meantime
   * @throws InterruptedException if the work is interrupted
   */
  public void execute(Task task, Context context, FencingToken token) throws InterruptedException {
    execute(Attempt.of(task, context.getAwsRequestId(), token));
  }

  /**
   * Executes a task without a lock and a fence, to demonstrate the resulting errors.
   *
   * @param task the task
   * @param context the context of the invocation
   * @throws InterruptedException if the work is interrupted
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
