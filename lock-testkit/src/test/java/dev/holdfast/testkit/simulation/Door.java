package dev.holdfast.testkit.simulation;

import dev.holdfast.testkit.SimulatedTable;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbServiceClientConfiguration;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;

/**
 * One host's way to the table: tells what passes, and bends it where the rule is a bad one. Now and
 * then a row that it puts says absurd things about waiting, as one of another make may.
 */
final class Door implements DynamoDbClient {
  private static final String HINT = "wait_ms";
  private static final int ODD_HINT_IN = 50;
  private static final List<String> ODD_HINTS =
      List.of("0", "-7", "1.5", "864000000", "9".repeat(30));

  private final SimulatedTable table;
  private final BadRule rule;
  private final HostClock clock;
  private final Random random;
  private final Tally tally;

  Door(SimulatedTable table, Schedule schedule, HostClock clock, Random random, Tally tally) {
    this.table = table;
    this.rule = schedule.rule();
    this.clock = clock;
    this.random = random;
    this.tally = tally;
  }

  @Override
  public PutItemResponse putItem(PutItemRequest request) {
    PutItemRequest sent = rule.bent(withOddHint(request));
    return passing(() -> "puts " + shown(sent.item()), () -> table.putItem(sent), request);
  }

  private PutItemRequest withOddHint(PutItemRequest request) {
    if (!BadRule.isAcquire(request) || random.nextInt(ODD_HINT_IN) > 0) {
      return request;
    }
    tally.count(Event.ODD_HINT);
    String hint = ODD_HINTS.get(random.nextInt(ODD_HINTS.size()));
    Map<String, AttributeValue> item = new HashMap<>(request.item());
    item.put(HINT, AttributeValue.fromN(hint));
    return request.toBuilder().item(item).build();
  }

  @Override
  public DeleteItemResponse deleteItem(DeleteItemRequest request) {
    return passing(() -> "deletes", () -> table.deleteItem(request), request);
  }

  private <T> T passing(Supplier<String> what, Supplier<T> sending, Object request) {
    String host = clock.host();
    Telling telling = tally.telling();
    Runnable end = rule == BadRule.COUNTS_FROM_THE_REPLY ? clock.standingStill() : () -> {};
    telling.tell(() -> host + " sends: " + what.get());
    try {
      T answer = sending.get();
      telling.tell(() -> host + " hears: applied");
      return answer;
    } catch (ConditionalCheckFailedException e) {
      telling.tell(() -> host + " hears: refused by " + shown(e.item()));
      hinted(e.item().get(HINT));
      throw request instanceof PutItemRequest put ? rule.bent(e, put) : e;
    } catch (SdkException e) {
      telling.tell(() -> host + " hears: " + e.getClass().getSimpleName());
      throw e;
    } finally {
      end.run();
    }
  }

  private void hinted(@Nullable AttributeValue hint) {
    if (rule == BadRule.TRUSTS_HINTS && hint != null && hint.n().matches("[0-9]{1,12}")) {
      clock.hinted(Duration.ofMillis(Long.parseLong(hint.n())));
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
