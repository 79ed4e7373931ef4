package dev.holdfast.verification.simulation;

import dev.holdfast.testkit.SimulatedTable;
import dev.holdfast.verification.support.PutAndDeleteProxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;

/**
 * Client of one host. It traces requests and replies, and applies the mutant. Some rows that it
 * writes have a malformed wait hint, as a row of another implementation may have.
 */
final class HostDynamoDbClient extends PutAndDeleteProxy {
  private static final String HINT_ATTRIBUTE = "wait_ms";
  private static final int REQUESTS_PER_MALFORMED_HINT = 50;
  private static final List<String> MALFORMED_HINTS =
      List.of("0", "-7", "1.5", "864000000", "9".repeat(30));

  private final Mutant mutant;
  private final HostTimeSource clock;
  private final Random random;
  private final UndoneAcquires undoneAcquires;
  private final EventStatistics statistics;

  HostDynamoDbClient(
      SimulatedTable table,
      Schedule schedule,
      HostTimeSource clock,
      Random random,
      UndoneAcquires undoneAcquires,
      EventStatistics statistics) {
    super(table);
    this.mutant = schedule.mutant();
    this.clock = clock;
    this.random = random;
    this.undoneAcquires = undoneAcquires;
    this.statistics = statistics;
  }

  @Override
  public PutItemResponse putItem(PutItemRequest request) {
    PutItemRequest mutated = undoneAcquires.mutate(mutant.mutate(withMalformedHint(request)));
    undoneAcquires.copyLater(mutated);
    PutItemResponse response =
        send(
            () -> "puts " + format(mutated.item()),
            () -> table().putItem(mutated),
            request,
            request.item());
    undoneAcquires.recordReplaced(mutated, response.attributes());
    return response;
  }

  private PutItemRequest withMalformedHint(PutItemRequest request) {
    if (!Mutant.isAcquire(request) || random.nextInt(REQUESTS_PER_MALFORMED_HINT) > 0) {
      return request;
    }
    statistics.count(Event.MALFORMED_WAIT_HINT);
    String hint = MALFORMED_HINTS.get(random.nextInt(MALFORMED_HINTS.size()));
    Map<String, AttributeValue> item = new HashMap<>(request.item());
    item.put(HINT_ATTRIBUTE, AttributeValue.fromN(hint));
    return request.toBuilder().item(item).build();
  }

  @Override
  public DeleteItemResponse deleteItem(DeleteItemRequest request) {
    Map<String, AttributeValue> ownRow =
        Map.of(
            "nonce", request.expressionAttributeValues().get(":nonce"),
            "token", request.expressionAttributeValues().get(":token"));
    return send(() -> "deletes", () -> table().deleteItem(request), request, ownRow);
  }

  private <T> T send(
      Supplier<String> description,
      Supplier<T> call,
      Object request,
      Map<String, AttributeValue> ownRow) {
    String host = clock.hostName();
    TimedTrace timedTrace = statistics.timedTrace();
    Runnable resumeClocks =
        mutant == Mutant.LEASE_COUNTED_FROM_REPLY ? clock.pauseClocks() : () -> {};
    timedTrace.log(() -> host + " sends: " + description.get());
    try {
      T response = call.get();
      timedTrace.log(() -> host + " receives: applied");
      return response;
    } catch (ConditionalCheckFailedException e) {
      timedTrace.log(() -> host + " receives: rejected by " + format(e.item()));
      useHint(e.item().get(HINT_ATTRIBUTE));
      undoneAcquires.recordRejected(ownRow, e.item());
      throw request instanceof PutItemRequest put ? mutant.mutate(e, put) : e;
    } catch (SdkException e) {
      timedTrace.log(() -> host + " receives: " + e.getClass().getSimpleName());
      throw e;
    } finally {
      resumeClocks.run();
    }
  }

  private void useHint(@Nullable AttributeValue hint) {
    if (mutant == Mutant.WAIT_HINT_NOT_VALIDATED
        && hint != null
        && hint.n().matches("[0-9]{1,12}")) {
      clock.setWaitHint(Duration.ofMillis(Long.parseLong(hint.n())));
    }
  }

  private static String format(Map<String, AttributeValue> row) {
    StringBuilder text = new StringBuilder();
    row.forEach(
        (name, value) -> text.append(' ').append(name).append('=').append(valueText(value)));
    return row.isEmpty() ? "no row" : text.substring(1);
  }

  private static String valueText(AttributeValue value) {
    return value.s() == null ? value.n() : value.s();
  }
}
