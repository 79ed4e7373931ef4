package dev.holdfast.testkit.simulation;

import dev.holdfast.testkit.RowChange;
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
final class Changes implements RowChange {
  private final boolean findsClocksOff;
  private final Supplier<Instant> latest;
  private final Consumer<Row> replacing;
  private final Set<String> settled = new HashSet<>();
  private final Map<String, Set<String>> replacedBy = new HashMap<>();

  /**
   * Nothing was written yet.
   *
   * @param latest no host's wall clock is ahead of it
   * @param replacing told of each held row that another's replaces
   */
  Changes(Worlds kind, Supplier<Instant> latest, Consumer<Row> replacing) {
    this.findsClocksOff = kind.findsClocksOff();
    this.latest = latest;
    this.replacing = replacing;
  }

  @Override
  public void changed(Map<String, AttributeValue> before, Map<String, AttributeValue> after) {
    Row old = new Row(before);
    Row now = new Row(after);
    if (!now.stands()) {
      Judge.require(old.is("HELD"), "deleted what nobody held", old);
      forget();
    } else if (replacedBy.getOrDefault(old.nonce(), Set.of()).contains(now.nonce())) {
      settled.remove(now.nonce()); // what was won by a wrong clock is put back
    } else if (now.is("HELD")) {
      checkHeld(old, now);
    } else {
      Judge.require(old.nonce().equals(now.nonce()), "ended what is another's", old);
      Judge.require(old.is("HELD"), "ended twice", old);
      checkToken(old.number("token") == now.number("token"), old);
      settled.add(now.nonce());
    }
  }

  private void checkHeld(Row old, Row now) {
    Judge.require(!settled.contains(now.nonce()), "ended, and held again", now);
    if (old.nonce().equals(now.nonce())) {
      boolean longer = now.number("expires_at") >= old.number("expires_at");
      Judge.require(longer && now.number("version") > old.number("version"), "cut short", old);
      checkToken(old.number("token") == now.number("token"), old);
      return;
    }
    checkToken(now.number("token") > old.number("token"), old);
    boolean over = old.number("expires_at") <= latest.get().toEpochMilli();
    Judge.require(!old.is("DONE") || over, "forgotten inside its window", old);
    if (old.is("HELD")) {
      replacing.accept(old);
    }
    if (findsClocksOff) {
      replacedBy.computeIfAbsent(now.nonce(), nonce -> new HashSet<>()).add(old.nonce());
    }
  }

  private static void checkToken(boolean rises, Row old) {
    Judge.require(rises, "the row's token fell from", old.number("token"));
  }

  /** A row is gone: a copy of the request that made it may make it again, for nobody. */
  void forget() {
    settled.clear();
  }
}
