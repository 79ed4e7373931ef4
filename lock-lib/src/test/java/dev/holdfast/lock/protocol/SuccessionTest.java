package dev.holdfast.lock.protocol;

import static dev.holdfast.lock.protocol.Timeline.nanos;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class SuccessionTest {
  private static final Claim CLAIM =
      new Claim("order-1", Timeline.LEASE_MILLIS, Timeline.BOUNDED, "me", null, null);
  private static final Memory NOTHING = Memory.EMPTY;

  private final Timeline t = Timeline.tryOnce();
  private final HalfWay draws = new HalfWay();

  private static final class HalfWay implements Draws {
    @Override
    public String nonce() {
      throw new AssertionError("a rest needs no nonce");
    }

    @Override
    public double jitter() {
      return 0.5;
    }
  }

  private Succession heldInARow(int times, long holdMillis) {
    Succession succession = Succession.NONE;
    for (int i = 0; i < times; i++) {
      succession = succession.won(0, t.now()).released(t.passes(holdMillis).now());
    }
    return succession;
  }

  private Memory othersWait(long millis) {
    return new Memory(null, Set.of(), 0, new Contention(millis, t.now().monotonicNanos()));
  }

  @Test
  void nothingHeldYet_asksAtOnce() {
    assertThat(Succession.NONE.mustRest(false, othersWait(900), t.now())).isFalse();
  }

  @Test
  void askingAgain_restsWhereOthersWait_andOnlyThere() {
    Succession once = heldInARow(1, 100);
    assertThat(once.mustRest(false, othersWait(900), t.now())).isTrue();
    assertThat(once.mustRest(false, NOTHING, t.now())).isFalse();
  }

  @Test
  void handingOverWithinTheJvm_restsOnlyAfterSixteen() {
    assertThat(heldInARow(15, 100).mustRest(true, othersWait(900), t.now())).isFalse();
    assertThat(heldInARow(16, 100).mustRest(true, othersWait(900), t.now())).isTrue();
    assertThat(heldInARow(16, 100).mustRest(true, NOTHING, t.now())).isTrue();
  }

  @Test
  void winningAfterAnother_isTheFirstInARow() {
    Succession after = heldInARow(16, 100).won(1, t.now()).released(t.now());
    assertThat(after.inARow()).isEqualTo(1);
    assertThat(after.mustRest(true, othersWait(900), t.now())).isFalse();
  }

  @Test
  void afterARest_countingStartsAgain() {
    assertThat(heldInARow(16, 100).rested().mustRest(true, NOTHING, t.now())).isFalse();
  }

  @Test
  void rest_isAWaitersPause_countedFromTheRelease() {
    Succession once = heldInARow(1, 100);
    Memory known = othersWait(900);
    assertThat(once.restNanos(CLAIM, known, t.now(), draws)).isEqualTo(nanos(100));
    assertThat(once.restNanos(CLAIM, known, t.passes(60).now(), draws)).isEqualTo(nanos(40));
    assertThat(once.restNanos(CLAIM, known, t.passes(60).now(), draws)).isZero();
  }

  @Test
  void rest_whereNobodyIsKnownToWait_isAnEighthOfAHold_upToABound() {
    assertThat(heldInARow(16, 800).restNanos(CLAIM, NOTHING, t.now(), draws)).isEqualTo(nanos(100));
    assertThat(heldInARow(16, 60_000).restNanos(CLAIM, NOTHING, t.now(), draws))
        .isEqualTo(nanos(400));
  }

  @Test
  void rest_neverExceedsTheLease() {
    Succession once = heldInARow(1, 100);
    assertThat(once.restNanos(CLAIM, othersWait(86_400_000), t.now(), draws))
        .isEqualTo(nanos(Timeline.LEASE_MILLIS));
  }
}
