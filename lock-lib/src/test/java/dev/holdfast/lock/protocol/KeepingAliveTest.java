package dev.holdfast.lock.protocol;

import static dev.holdfast.lock.protocol.Timeline.LEASE_MILLIS;
import static dev.holdfast.lock.protocol.Timeline.nanos;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lock.protocol.KeepingAlive.Move;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A lease of 10 s that is kept alive: due at 3.3 s, told at 7.5 s. */
class KeepingAliveTest {
  private final Timeline t = Timeline.tryOnce().start().applied();
  private final Hold hold = t.granted();

  /** Jitter that is told beforehand. */
  private record Told(double jitter) implements Draws {
    @Override
    public String nonce() {
      throw new IllegalStateException("a renewal needs no nonce");
    }
  }

  private KeepingAlive kept() {
    return KeepingAlive.of(hold, t.now(), new Told(0));
  }

  private long rest(KeepingAlive kept) {
    return ((Move.Rest) kept.next(hold, t.now())).nanos();
  }

  private Move.Renew renew(KeepingAlive kept) {
    return (Move.Renew) kept.next(hold, t.now());
  }

  @Test
  void renewal_isDueAtAThirdOfTheLease() {
    KeepingAlive kept = kept();
    t.passes(3_333);
    assertThat(rest(kept)).isEqualTo(333_333);
    t.passes(1);
    assertThat(kept.next(hold, t.now())).isInstanceOf(Move.Renew.class);
  }

  @Test
  void jitter_bringsItForwardByAFifthAtMost() {
    KeepingAlive kept = KeepingAlive.of(hold, t.now(), new Told(0.999));
    t.passes(2_666);
    assertThat(kept.next(hold, t.now())).isInstanceOf(Move.Rest.class);
    t.passes(4);
    assertThat(kept.next(hold, t.now())).isInstanceOf(Move.Renew.class);
  }

  @Test
  void rest_isNeverLongerThanASecond_sinceAMonotonicClockMayStandStill() {
    assertThat(rest(kept())).isEqualTo(nanos(1_000));
    t.passes(2_000);
    assertThat(rest(kept())).isEqualTo(nanos(1_000));
  }

  @Test
  void callsOfARenewal_endWhenTheOwnerWouldBeTold() {
    KeepingAlive kept = kept();
    t.passes(3_490);
    assertThat(renew(kept).callNanos()).isEqualTo(nanos(4_000));
  }

  @Test
  void renewalUnderWay_isTheOnlyOne() {
    KeepingAlive kept = kept();
    t.passes(4_000);
    KeepingAlive underWay = renew(kept).next();
    assertThat(rest(underWay)).isEqualTo(nanos(1_000));
    t.passes(3_000);
    assertThat(rest(underWay)).isEqualTo(nanos(490));
  }

  @Test
  void owner_isToldBeforeTheLastQuarterOfTheLease_alsoWhileARenewalIsUnderWay() {
    KeepingAlive kept = kept();
    t.passes(4_000);
    KeepingAlive underWay = renew(kept).next();
    t.passes(3_490);
    assertThat(underWay.next(hold, t.now())).isEqualTo(new Move.Tell(nanos(2_500)));
    assertThat(kept.next(hold, t.now())).isEqualTo(new Move.Tell(nanos(2_500)));
  }

  @Test
  void owner_isToldOfWhatIsOver_thatNothingIsLeft() {
    KeepingAlive kept = kept();
    t.passes(LEASE_MILLIS * 2);
    assertThat(kept.next(hold, t.now())).isEqualTo(new Move.Tell(0));
  }

  @Test
  void wallClockThatJumps_isMet() {
    KeepingAlive kept = kept();
    t.wallJumps(8_000);
    assertThat(kept.next(hold, t.now())).isEqualTo(new Move.Tell(nanos(1_990)));
  }

  @Test
  void failure_isTriedAgainAfterAThirdOfWhatIsLeftUntilTheOwnerIsTold() {
    KeepingAlive kept = kept();
    t.passes(4_490);
    KeepingAlive failed = renew(kept).next().failed(hold, t.now(), new Told(0));
    assertThat(failed.failures()).isEqualTo(1);
    assertThat(rest(failed)).isEqualTo(nanos(1_000));
    t.passes(999);
    assertThat(rest(failed)).isEqualTo(nanos(1));
    t.passes(1);
    assertThat(failed.next(hold, t.now())).isInstanceOf(Move.Renew.class);
  }

  @Test
  void failure_isTriedAgainHalfAsLateAtMost_byJitter() {
    t.passes(4_490);
    KeepingAlive failed = kept().failed(hold, t.now(), new Told(1));
    assertThat(failed.retryAtNanos() - t.now().monotonicNanos()).isEqualTo(nanos(500));
  }

  @Test
  void failures_areTriedAgainABoundedNumberOfTimes_thenTheOwnerIsTold() {
    KeepingAlive kept = kept();
    List<Long> tries = new ArrayList<>();
    Move move = kept.next(hold, t.now());
    for (long at = 0; !(move instanceof Move.Tell); at++) {
      if (move instanceof Move.Renew renew) {
        tries.add(at);
        kept = renew.next().failed(hold, t.now(), new Told(0));
      }
      move = kept.next(hold, t.passes(1).now());
    }
    assertThat(tries).hasSize(8).first().isEqualTo(3_334L);
    assertThat(hold.remainingNanos(t.now())).isEqualTo(nanos(2_500));
  }

  @Test
  void renewalThatCameThrough_beginsAgain() {
    t.passes(4_000);
    Hold renewing = hold.renewing(t.now(), LEASE_MILLIS);
    Renewal renewal = renewing.renewed(new Reply.Applied(renewing.row(), false));
    Hold renewed = ((Renewal.Renewed) renewal).hold();
    KeepingAlive kept = KeepingAlive.of(renewed, t.now(), new Told(0));
    t.passes(3_333);
    assertThat(kept.next(renewed, t.now())).isInstanceOf(Move.Rest.class);
    t.passes(1);
    assertThat(kept.next(renewed, t.now())).isInstanceOf(Move.Renew.class);
  }

  @Test
  void leaseThatItsOwnerMadeLonger_isRenewedByItsNewLength() {
    KeepingAlive kept = kept();
    Hold renewing = hold.renewing(t.now(), LEASE_MILLIS * 6);
    Renewal renewal = renewing.renewed(new Reply.Applied(renewing.row(), false));
    Hold longer = ((Renewal.Renewed) renewal).hold();
    t.passes(15_000);
    assertThat(kept.next(longer, t.now())).isInstanceOf(Move.Rest.class);
    t.passes(5_001);
    assertThat(kept.next(longer, t.now())).isInstanceOf(Move.Renew.class);
  }

  @Test
  void lockWithLittleLeft_isRenewedAtOnce_andItsOwnerToldWhenHalfOfThatIsGone() {
    t.passes(9_000);
    KeepingAlive kept = kept();
    Move.Renew renew = renew(kept);
    assertThat(renew.callNanos()).isEqualTo(nanos(495));
    t.passes(495);
    assertThat(renew.next().next(hold, t.now())).isEqualTo(new Move.Tell(nanos(495)));
  }
}
