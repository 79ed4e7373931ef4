package dev.holdfast.verification.simulation;

import dev.holdfast.testkit.RowChangeListener;
import dev.holdfast.verification.support.Invariant;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Checks each write when it takes effect, whatever its row, sender and delay. A release or
 * completion ends only the hold of its sender, a renewal extends only that hold, and an acquire
 * replaces only a row that blocks no host.
 */
final class WriteChecker implements RowChangeListener {
  private final boolean detectsSkew;
  private final Supplier<Instant> latestWallTime;
  private final Consumer<TableRow> onReplaced;
  private final Set<String> endedNonces = new HashSet<>();
  private final Map<String, Set<String>> replacedNonces = new HashMap<>();

  /**
   * Creates a checker of an empty table.
   *
   * @param latestWallTime a time that no wall clock exceeds
   * @param onReplaced receives each held row that another holder replaces
   */
  WriteChecker(
      WorldKind worldKind, Supplier<Instant> latestWallTime, Consumer<TableRow> onReplaced) {
    this.detectsSkew = worldKind.detectsSkew();
    this.latestWallTime = latestWallTime;
    this.onReplaced = onReplaced;
  }

  @Override
  public void onChange(Map<String, AttributeValue> before, Map<String, AttributeValue> after) {
    TableRow oldRow = new TableRow(before);
    TableRow newRow = new TableRow(after);
    if (!newRow.exists()) {
      Invariant.require(oldRow.hasState("HELD"), "row deleted that was not held", oldRow);
      reset();
    } else if (replacedNonces.getOrDefault(oldRow.nonce(), Set.of()).contains(newRow.nonce())) {
      checkRestored(oldRow, newRow);
    } else if (newRow.hasState("HELD")) {
      checkHeld(oldRow, newRow);
    } else {
      Invariant.require(
          oldRow.nonce().equals(newRow.nonce()), "hold of another holder ended", oldRow);
      Invariant.require(oldRow.hasState("HELD"), "hold ended twice", oldRow);
      checkToken(oldRow.number("token") == newRow.number("token"), oldRow);
      endedNonces.add(newRow.nonce());
    }
  }

  private void checkHeld(TableRow oldRow, TableRow newRow) {
    Invariant.require(!endedNonces.contains(newRow.nonce()), "ended hold is held again", newRow);
    if (oldRow.nonce().equals(newRow.nonce())) {
      boolean notShortened = newRow.number("expires_at") >= oldRow.number("expires_at");
      Invariant.require(
          notShortened && newRow.number("version") > oldRow.number("version"),
          "lease or version of a hold decreased",
          oldRow);
      checkToken(oldRow.number("token") == newRow.number("token"), oldRow);
      return;
    }
    checkToken(newRow.number("token") > oldRow.number("token"), oldRow);
    boolean expired = oldRow.number("expires_at") <= latestWallTime.get().toEpochMilli();
    Invariant.require(
        !oldRow.hasState("COMPLETED") || expired,
        "completion replaced within its retention",
        oldRow);
    if (oldRow.hasState("HELD")) {
      onReplaced.accept(oldRow);
    }
    if (detectsSkew) {
      replacedNonces.computeIfAbsent(newRow.nonce(), nonce -> new HashSet<>()).add(oldRow.nonce());
    }
  }

  /** Checks that a host with a skewed clock gives the row back as it was, with a larger token. */
  private void checkRestored(TableRow oldRow, TableRow newRow) {
    checkToken(newRow.number("token") >= oldRow.number("token"), oldRow);
    if (newRow.hasState("HELD")) {
      Invariant.require(!endedNonces.contains(newRow.nonce()), "ended hold is held again", newRow);
    }
  }

  private static void checkToken(boolean valid, TableRow oldRow) {
    Invariant.require(valid, "token decreased from", oldRow.number("token"));
  }

  /**
   * Forgets the nonces after the deletion of a row, since a duplicate request may restore the row.
   */
  void reset() {
    endedNonces.clear();
  }
}
