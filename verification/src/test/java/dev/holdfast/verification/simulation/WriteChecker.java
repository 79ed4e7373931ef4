package dev.holdfast.verification.simulation;

import dev.holdfast.verification.support.Invariant;
import dev.holdfast.testkit.RowChangeListener;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Judges each write as it takes effect, in whatever row, whoever sent it and however late it comes:
 * an end ends what its sender holds, a renewal extends it, and an acquire replaces what blocks
 * nobody.
 */
final class WriteChecker implements RowChangeListener {
  private final boolean detectsSkew;
  private final Supplier<Instant> latestWallTime;
  private final Consumer<TableRow> onReplaced;
  private final Set<String> endedNonces = new HashSet<>();
  private final Map<String, Set<String>> replacedNonces = new HashMap<>();

  /**
   * Nothing was written yet.
   *
   * @param latestWallTime no host's wall clock is ahead of it
   * @param onReplaced told of each held row that another's replaces
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
      endedNonces.remove(newRow.nonce()); // what was won by a wrong clock is put back
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
          notShortened && newRow.number("version") > oldRow.number("version"), "lease or version of a hold decreased", oldRow);
      checkToken(oldRow.number("token") == newRow.number("token"), oldRow);
      return;
    }
    checkToken(newRow.number("token") > oldRow.number("token"), oldRow);
    boolean expired = oldRow.number("expires_at") <= latestWallTime.get().toEpochMilli();
    Invariant.require(
        !oldRow.hasState("COMPLETED") || expired, "completion replaced within its retention", oldRow);
    if (oldRow.hasState("HELD")) {
      onReplaced.accept(oldRow);
    }
    if (detectsSkew) {
      replacedNonces.computeIfAbsent(newRow.nonce(), nonce -> new HashSet<>()).add(oldRow.nonce());
    }
  }

  private static void checkToken(boolean valid, TableRow oldRow) {
    Invariant.require(valid, "token decreased from", oldRow.number("token"));
  }

  /** A row is gone: a copy of the request that made it may make it again, for nobody. */
  void reset() {
    endedNonces.clear();
  }
}
