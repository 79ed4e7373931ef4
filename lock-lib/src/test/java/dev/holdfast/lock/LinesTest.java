package dev.holdfast.lock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lock.Line.Place;
import dev.holdfast.lock.Lines.Look;
import dev.holdfast.lock.protocol.ClockReading;
import dev.holdfast.lock.protocol.Hold;
import org.junit.jupiter.api.Test;

class LinesTest {
  private static final ClockReading NOW = new ClockReading(1_000_000, 1_000_000);
  private static final int MORE_THAN_ARE_KEPT = 1_100;

  private final Lines lines = new Lines();

  private void othersComeAndGo() {
    for (int other = 0; other < MORE_THAN_ARE_KEPT; other++) {
      lines.leave(lines.enter("other-" + other));
    }
  }

  @Test
  void lineInWhichSomebodyWaits_isNeverForgotten() {
    Place first = lines.enter("order-42");
    Place second = lines.enter("order-42");

    othersComeAndGo();

    assertThat(lines.look(first, NOW).waitNanos()).isZero();
    assertThat(lines.look(second, NOW).waitNanos()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void holdWonOutOfTurn_wakesTheFirst_whoMayWaitForTheEndOfAnother() {
    HeldLock early = OneRow.acquired("order-42");
    HeldLock outOfTurn = OneRow.acquired("order-42");
    lines.held(early.seen().hold(), 0, NOW);
    Place first = lines.enter("order-42");
    Look look = lines.look(first, NOW);

    lines.held(outOfTurn.seen().hold(), 0, NOW);

    assertThat(look.signal()).isDone();
  }

  @Test
  void holderWhoseRowWasFoundFree_isNamedNoMore() {
    Hold hold = OneRow.acquired("order-42").seen().hold();
    Place first = lines.enter("order-42");
    lines.saw(hold.row());
    assertThat(lines.look(first, NOW).inTheWay()).isEqualTo(hold.row());

    lines.saw(hold.release(NOW, true).row());

    assertThat(lines.look(first, NOW).inTheWay()).isNull();
  }

  @Test
  void allLinesInUse_areAllKept() {
    Place first = lines.enter("order-42");
    for (int other = 0; other < MORE_THAN_ARE_KEPT; other++) {
      lines.enter("other-" + other);
    }
    assertThat(lines.look(first, NOW).waitNanos()).isZero();
  }
}
