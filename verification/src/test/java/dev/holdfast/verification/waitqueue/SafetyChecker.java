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
 * Knows nothing of the rules: looks at what the locks say and at what stands in the table, and says
 * where the two, or two locks, contradict each other. Used by one thread at a time.
 */
final class SafetyChecker {
  private final SimulatedTable table;
  private final TimeSource timeSource;
  private final Map<String, List<HoldClaim>> claimsByName = new HashMap<>();
  private final Map<String, Long> largestTokens = new HashMap<>();
  private final Map<String, String> currentHolders = new HashMap<>();
  private final Map<String, Long> lastSeenNanos = new HashMap<>();

  /** Who was given a lock. */
  private record HoldClaim(String label, BooleanSupplier isHeld) {}

  SafetyChecker(SimulatedTable table, TimeSource timeSource) {
    this.table = table;
    this.timeSource = timeSource;
  }

  void recordAcquired(String name, String label, BooleanSupplier isHeld) {
    claimsByName.computeIfAbsent(name, n -> new ArrayList<>()).add(new HoldClaim(label, isHeld));
    checkSingleHolder();
  }

  /** Whoever believes no more never will again. */
  void checkSingleHolder() {
    for (List<HoldClaim> claims : claimsByName.values()) {
      claims.removeIf(claim -> !claim.isHeld().getAsBoolean());
      require(
          claims.size() <= 1,
          "two holders at once",
          claims.stream().map(HoldClaim::label).toList());
    }
  }

  /** In the order of being granted, each token that was seen is larger than those before. */
  void checkToken(String name, long token) {
    long largest = largestTokens.getOrDefault(name, 0L);
    require(token > largest, "tokens must increase", largest + ", then " + token);
    largestTokens.put(name, token);
  }

  /** Notes who stands in the rows; asked each time after something reached the table. */
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
   * Who is told that the lock is busy is told whose row stood there.
   *
   * @param sinceNanos how old the answer may be
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
