package dev.holdfast.verification.simulation;

import dev.holdfast.testkit.SimulatedTable;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/**
 * Requests by which one host with a wrong clock replaces a row and restores it. Copies of them
 * arrive late. Two mutants restore the row without the token of the undone acquire.
 */
final class UndoneAcquires {
  private static final int ACQUIRES_PER_COPY = 3;
  private static final String FLOOR = "floor";

  private final Schedule schedule;
  private final SimulatedTable table;
  private final SimulatedNetwork network;
  private final Random random;
  private final HostTimeSource clock;
  private final EventStatistics statistics;
  private final Map<AttributeValue, AttributeValue> replacedTokens = new HashMap<>();

  UndoneAcquires(
      Schedule schedule,
      SimulatedTable table,
      SimulatedNetwork network,
      Random random,
      HostTimeSource clock,
      EventStatistics statistics) {
    this.schedule = schedule;
    this.table = table;
    this.network = network;
    this.random = random;
    this.clock = clock;
    this.statistics = statistics;
  }

  /** Lets a copy of a request arrive late, if a wrong clock sends it in a world that detects it. */
  void copyLater(PutItemRequest put) {
    if (!schedule.worldKind().detectsSkew()) {
      return;
    }
    boolean undo = isUndo(put);
    boolean wrong = !clock.isWithin(WorldKind.MAX_CLOCK_SKEW);
    if (undo) {
      statistics.count(Event.ACQUIRE_UNDONE);
    }
    if (undo || (Mutant.isAcquire(put) && wrong && random.nextInt(ACQUIRES_PER_COPY) == 0)) {
      network.deliverLater(() -> table.putItem(put));
    }
  }

  /** Remembers the token of the row that an acquire replaced. */
  void recordReplaced(PutItemRequest put, Map<String, AttributeValue> replaced) {
    if (Mutant.isAcquire(put) && !replaced.isEmpty()) {
      replacedTokens.put(value(replaced, "nonce"), value(replaced, "token"));
    }
  }

  /** Counts the rejections by the own row after it was restored with a larger token. */
  void recordRejected(Map<String, AttributeValue> ownRow, Map<String, AttributeValue> row) {
    boolean inSnapshot = ProcessSnapshot.WARM_UP_LOCK.equals(value(row, "resource_id").s());
    if (!inSnapshot && Mutant.isRestored(ownRow, row)) {
      statistics.count(Event.TOKEN_ADOPTED);
    }
  }

  PutItemRequest mutate(PutItemRequest put) {
    return switch (schedule.mutant()) {
      case UNDO_WITHOUT_TOKEN -> isUndo(put) ? put.toBuilder().item(undone(put)).build() : put;
      case UNDO_WITH_TOKEN_FLOOR -> withFloor(put);
      default -> put;
    };
  }

  /** Returns the replaced row with its own token. */
  private Map<String, AttributeValue> undone(PutItemRequest put) {
    Map<String, AttributeValue> item = new HashMap<>(put.item());
    item.put("token", value(replacedTokens, value(item, "nonce")));
    return item;
  }

  /** Keeps the token of the undone acquire beside the token of the row, for later acquires. */
  private PutItemRequest withFloor(PutItemRequest put) {
    if (isUndo(put)) {
      Map<String, AttributeValue> item = undone(put);
      item.put(FLOOR, value(put.item(), "token"));
      return put.toBuilder().item(item).build();
    }
    if (!Mutant.isAcquire(put)) {
      return put;
    }
    Map<String, String> names = new HashMap<>(put.expressionAttributeNames());
    names.put("#" + FLOOR, FLOOR);
    String condition =
        put.conditionExpression()
            .replace(
                "#token < :token AND",
                "#token < :token AND (attribute_not_exists(#floor) OR #floor < :token) AND");
    return put.toBuilder().conditionExpression(condition).expressionAttributeNames(names).build();
  }

  /** Returns whether a write restores a row of another holder. */
  private static boolean isUndo(PutItemRequest put) {
    AttributeValue ownNonce = put.expressionAttributeValues().get(":nonce");
    return put.conditionExpression().endsWith("#state = :held")
        && ownNonce != null
        && !ownNonce.equals(put.item().get("nonce"));
  }

  private static <K> AttributeValue value(Map<K, AttributeValue> values, K name) {
    return Objects.requireNonNull(values.get(name), () -> "no " + name);
  }
}
