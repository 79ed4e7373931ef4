package dev.holdfast.verification.waitqueue;

import static dev.holdfast.verification.support.Invariant.require;

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
 * Checks the safety properties of all locks without knowledge of the rules. It compares the
 * outcomes of the locks with the rows of the table and with each other. Used by one thread at a
 * time.
 */
final class SafetyChecker {
  private final SimulatedTable table;
  private final TimeSource timeSource;
  private final Map<String, List<HoldClaim>> claimsByName = new HashMap<>();
  private final Map<String, Long> largestTokens = new HashMap<>();
  private final Map<String, String> currentHolders = new HashMap<>();
  private final Map<String, Long> lastSeenNanos = new HashMap<>();

  /** An acquired lock. The label identifies its call. */
  private record HoldClaim(String label, BooleanSupplier isHeld) {}

  SafetyChecker(SimulatedTable table, TimeSource timeSource) {
    this.table = table;
    this.timeSource = timeSource;
  }

  void recordAcquired(String name, String label, BooleanSupplier isHeld) {
    claimsByName.computeIfAbsent(name, n -> new ArrayList<>()).add(new HoldClaim(label, isHeld));
    checkSingleHolder();
  }

  /** Checks that each name has at most one holder. A hold that has ended never starts again. */
  void checkSingleHolder() {
    for (List<HoldClaim> claims : claimsByName.values()) {
      claims.removeIf(claim -> !claim.isHeld().getAsBoolean());
      require(
          claims.size() <= 1,
          "two holders at once",
          claims.stream().map(HoldClaim::label).toList());
    }
  }

  /** Checks that tokens that were read increase in the order of acquisition. */
  void checkToken(String name, long token) {
    long largest = largestTokens.getOrDefault(name, 0L);
    require(token > largest, "tokens must increase", largest + ", then " + token);
    largestTokens.put(name, token);
  }

  /** Records the holders in the rows, after each request that reached the table. */
  void observeRows() {
    long now = timeSource.monotonicNanos();
    Map<String, String> observed = new HashMap<>();
    table.rows().forEach((name, row) -> observed.put(name, holderOrState(row)));
    currentHolders.forEach((name, previous) -> lastSeenNanos.put(name + previous, now));
    currentHolders.clear();
    currentHolders.putAll(observed);
    checkSingleHolder();
  }

  private static String holderOrState(Map<String, AttributeValue> row) {
    String state = text(row.get("state"));
    return state.equals("HELD") ? text(row.get("holder")) : state;
  }

  private static String text(@Nullable AttributeValue value) {
    return Objects.requireNonNull(value, "an attribute of every row").s();
  }

  private boolean wasInRow(String name, String holderOrState, long sinceNanos) {
    return holderOrState.equals(currentHolders.get(name))
        || lastSeenNanos.getOrDefault(name + holderOrState, Long.MIN_VALUE) >= sinceNanos;
  }

  /**
   * Checks that the reported holder was in the row.
   *
   * @param sinceNanos the earliest time at which it may have been there
   */
  void checkBusy(AcquireCall acquireCall, String name, String holder, long sinceNanos) {
    require(!holder.equals(acquireCall.label()), "busy because of its own row", holder);
    boolean wasInRow = wasInRow(name, holder, sinceNanos);
    require(wasInRow, "busy, but no such holder", acquireCall.label() + " by " + holder);
  }

  void checkCompleted(AcquireCall acquireCall, String name) {
    require(
        wasInRow(name, "COMPLETED", acquireCall.startNanos()),
        "reported as completed, but not completed",
        acquireCall.label());
  }
}
