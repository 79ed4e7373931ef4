package dev.holdfast.testkit.line;

import dev.holdfast.lock.TimeSource;
import dev.holdfast.testkit.SimulatedTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Knows nothing of the rules: looks at what the locks say and at what stands in the table, and says
 * where the two, or two locks, contradict each other. Used by one thread at a time.
 */
final class Judge {
  private final SimulatedTable table;
  private final TimeSource time;
  private final Map<String, List<Believer>> believers = new HashMap<>();
  private final Map<String, Long> tokens = new HashMap<>();
  private final Map<String, String> holders = new HashMap<>();
  private final Map<String, Long> lastSeen = new HashMap<>();

  /** Who was given a lock. */
  private record Believer(String label, BooleanSupplier held) {}

  Judge(SimulatedTable table, TimeSource time) {
    this.table = table;
    this.time = time;
  }

  static void require(boolean kept, String broken, Object what) {
    if (!kept) {
      throw new AssertionError(broken + ": " + what);
    }
  }

  void granted(String name, String label, BooleanSupplier held) {
    believers.computeIfAbsent(name, n -> new ArrayList<>()).add(new Believer(label, held));
    checkHolders();
  }

  /** Whoever believes no more never will again. */
  void checkHolders() {
    for (List<Believer> each : believers.values()) {
      each.removeIf(believer -> !believer.held().getAsBoolean());
      require(each.size() <= 1, "two holders at once", each.stream().map(Believer::label).toList());
    }
  }

  /** In the order of being granted, each token that was seen is larger than those before. */
  void checkToken(String name, long token) {
    long largest = tokens.getOrDefault(name, 0L);
    require(token > largest, "tokens must rise", largest + ", then " + token);
    tokens.put(name, token);
  }

  /** Notes who stands in the rows; asked each time after something reached the table. */
  void looksAtRows() {
    long now = time.monotonicNanos();
    Map<String, String> shown = new HashMap<>();
    table.rows().forEach((name, row) -> shown.put(name, shown(row)));
    holders.forEach((name, before) -> lastSeen.put(name + before, now));
    holders.clear();
    holders.putAll(shown);
    checkHolders();
  }

  private static String shown(Map<String, AttributeValue> row) {
    String state = text(row.get("state"));
    return state.equals("HELD") ? text(row.get("holder")) : state;
  }

  private static String text(@Nullable AttributeValue value) {
    return Objects.requireNonNull(value, "an attribute of every row").s();
  }

  private boolean stood(String name, String what, long sinceNanos) {
    return what.equals(holders.get(name))
        || lastSeen.getOrDefault(name + what, Long.MIN_VALUE) >= sinceNanos;
  }

  /**
   * Who is told that the lock is busy is told whose row stood there.
   *
   * @param sinceNanos how old the answer may be
   */
  void checkBusy(Wish wish, String name, String holder, long sinceNanos) {
    require(!holder.equals(wish.label()), "busy with itself", holder);
    boolean stood = stood(name, holder, sinceNanos);
    require(stood, "busy without a holder", wish.label() + " by " + holder);
  }

  void checkDone(Wish wish, String name) {
    require(stood(name, "DONE", wish.sinceNanos()), "done without being done", wish.label());
  }
}
