package dev.holdfast.lock;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.lock.Line.Place;
import dev.holdfast.lock.Lines.Look;
import dev.holdfast.lock.protocol.ClockReading;
import dev.holdfast.lock.protocol.Hold;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/**
 * Threads of one JVM in line for one lock, in the interleavings that Lincheck tries: one has its
 * turn at a time, and nobody sleeps through the end of a hold.
 */
public class LineLincheckTest {
  private static final String NAME = "order-42";
  private static final Hold HOLD = OneRow.acquired(NAME).seen().hold();
  private static final ClockReading NOW = HOLD.confirmed().at();

  private final Lines lines = new Lines();

  /** Counts right only where nobody else counts at the same time. */
  private int turns;

  @Operation
  public int hold() {
    Place place = lines.enter(NAME);
    awaitTurn(place);
    lines.held(HOLD, 0, NOW);
    lines.leave(place);
    int turn = counted();
    lines.ended(HOLD.row(), NOW);
    return turn;
  }

  @Operation
  public int askInVain() {
    Place place = lines.enter(NAME);
    awaitTurn(place);
    int turn = counted();
    lines.leave(place);
    return turn;
  }

  @Operation
  public void giveUp() {
    Place place = lines.enter(NAME);
    lines.look(place, NOW);
    lines.leave(place);
  }

  private void awaitTurn(Place place) {
    Look look = lines.look(place, NOW);
    while (look.waitNanos() > 0) {
      look.signal().join();
      look = lines.look(place, NOW);
    }
  }

  private int counted() {
    int before = turns;
    turns = before + 1;
    return turns;
  }

  @Test
  void turns_followEachOther_whateverTheInterleaving() {
    Interleavings.ofThreads(3).check(LineLincheckTest.class);
    Interleavings.told(
        LineLincheckTest.class,
        "the line for one lock, by threads that hold it, ask in vain or give up",
        3,
        "one had its turn at a time, and nobody slept through an end");
  }

  /** Counts without a turn, which must be found. */
  public static class WithoutALine {
    private final LineLincheckTest counter = new LineLincheckTest();

    @Operation
    public int count() {
      return counter.counted();
    }
  }

  @Test
  void canary_countingWithoutALine_isFound() {
    ModelCheckingOptions options = Interleavings.ofThreads(2);
    assertThatThrownBy(() -> options.check(WithoutALine.class))
        .hasMessageContaining("Invalid execution results");
    Interleavings.told(
        LineLincheckTest.class, "a counter without a line, which must be found", 2, "found");
  }
}
