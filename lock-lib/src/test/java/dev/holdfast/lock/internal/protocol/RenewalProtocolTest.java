package dev.holdfast.lock.internal.protocol;

import static dev.holdfast.lock.internal.protocol.Timeline.LEASE_MILLIS;
import static dev.holdfast.lock.internal.protocol.Timeline.nanos;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lock.internal.protocol.RenewalProtocol.Step;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Keep-alive of a lease of 10 s: a renewal is due after 3.3 s, and the loss is reported after 7.5
 * s.
 */
class RenewalProtocolTest {
  private final Timeline t = Timeline.tryAcquire().start().applied();
  private final Hold hold = t.acquiredHold();

  /** Fixed jitter. */
  private record FixedJitter(double jitter) implements RandomSource {
    @Override
    public String nonce() {
      throw new IllegalStateException("a renewal needs no nonce");
    }
  }

  private RenewalProtocol protocol() {
    return RenewalProtocol.start(hold, t.now(), new FixedJitter(0));
  }

  private long pauseNanos(RenewalProtocol protocol) {
    return ((Step.Pause) protocol.next(hold, t.now())).nanos();
  }

  private Step.Renew renewStep(RenewalProtocol protocol) {
    return (Step.Renew) protocol.next(hold, t.now());
  }

  @Test
  void renewal_isDueAfterAThirdOfTheLease() {
    RenewalProtocol protocol = protocol();
    t.advance(3_333);
    assertThat(pauseNanos(protocol)).isEqualTo(333_333);
    t.advance(1);
    assertThat(protocol.next(hold, t.now())).isInstanceOf(Step.Renew.class);
  }

  @Test
  void jitter_advancesTheRenewalByAtMostAFifth() {
    RenewalProtocol protocol = RenewalProtocol.start(hold, t.now(), new FixedJitter(0.999));
    t.advance(2_666);
    assertThat(protocol.next(hold, t.now())).isInstanceOf(Step.Pause.class);
    t.advance(4);
    assertThat(protocol.next(hold, t.now())).isInstanceOf(Step.Renew.class);
  }

  @Test
  void pause_isAtMostOneSecond_sinceTheMonotonicClockMayStandStill() {
    assertThat(pauseNanos(protocol())).isEqualTo(nanos(1_000));
    t.advance(2_000);
    assertThat(pauseNanos(protocol())).isEqualTo(nanos(1_000));
  }

  @Test
  void renewalTimeout_endsWhenTheLossWouldBeReported() {
    RenewalProtocol protocol = protocol();
    t.advance(3_490);
    assertThat(renewStep(protocol).callNanos()).isEqualTo(nanos(4_000));
  }

  @Test
  void renewalInFlight_startsNoSecondOne() {
    RenewalProtocol protocol = protocol();
    t.advance(4_000);
    RenewalProtocol inFlight = renewStep(protocol).next();
    assertThat(pauseNanos(inFlight)).isEqualTo(nanos(1_000));
    t.advance(3_000);
    assertThat(pauseNanos(inFlight)).isEqualTo(nanos(490));
  }

  @Test
  void loss_isReportedBeforeTheLastQuarterOfTheLease_evenWithARenewalInFlight() {
    RenewalProtocol protocol = protocol();
    t.advance(4_000);
    RenewalProtocol inFlight = renewStep(protocol).next();
    t.advance(3_490);
    assertThat(inFlight.next(hold, t.now())).isEqualTo(new Step.ReportLoss(nanos(2_500)));
    assertThat(protocol.next(hold, t.now())).isEqualTo(new Step.ReportLoss(nanos(2_500)));
  }

  @Test
  void loss_afterExpiry_isReportedWithNothingRemaining() {
    RenewalProtocol protocol = protocol();
    t.advance(LEASE_MILLIS * 2);
    assertThat(protocol.next(hold, t.now())).isEqualTo(new Step.ReportLoss(0));
  }

  @Test
  void wallClockJump_shortensTheRemainingTime() {
    RenewalProtocol protocol = protocol();
    t.jumpWallClock(8_000);
    assertThat(protocol.next(hold, t.now())).isEqualTo(new Step.ReportLoss(nanos(1_990)));
  }

  @Test
  void failure_isRetriedAfterAThirdOfTheTimeUntilTheLossIsReported() {
    RenewalProtocol protocol = protocol();
    t.advance(4_490);
    RenewalProtocol failed =
        renewStep(protocol).next().afterFailure(hold, t.now(), new FixedJitter(0));
    assertThat(failed.failures()).isEqualTo(1);
    assertThat(pauseNanos(failed)).isEqualTo(nanos(1_000));
    t.advance(999);
    assertThat(pauseNanos(failed)).isEqualTo(nanos(1));
    t.advance(1);
    assertThat(failed.next(hold, t.now())).isInstanceOf(Step.Renew.class);
  }

  @Test
  void failure_withFullJitter_isRetriedAfterHalfThePause() {
    t.advance(4_490);
    RenewalProtocol failed = protocol().afterFailure(hold, t.now(), new FixedJitter(1));
    assertThat(failed.retryAtNanos() - t.now().monotonicNanos()).isEqualTo(nanos(500));
  }

  @Test
  void failures_areRetriedABoundedNumberOfTimes_thenTheLossIsReported() {
    RenewalProtocol protocol = protocol();
    List<Long> renewedAt = new ArrayList<>();
    Step step = protocol.next(hold, t.now());
    for (long at = 0; !(step instanceof Step.ReportLoss); at++) {
      if (step instanceof Step.Renew renew) {
        renewedAt.add(at);
        protocol = renew.next().afterFailure(hold, t.now(), new FixedJitter(0));
      }
      step = protocol.next(hold, t.advance(1).now());
    }
    assertThat(renewedAt).hasSize(8).first().isEqualTo(3_334L);
    assertThat(hold.remainingNanos(t.now())).isEqualTo(nanos(2_500));
  }

  @Test
  void appliedRenewal_restartsTheSchedule() {
    t.advance(4_000);
    Hold renewing = hold.withPendingRenewal(t.now(), LEASE_MILLIS);
    RenewalResult renewal = renewing.afterRenewal(new Reply.Applied(renewing.row(), false));
    Hold renewed = ((RenewalResult.Renewed) renewal).hold();
    RenewalProtocol protocol = RenewalProtocol.start(renewed, t.now(), new FixedJitter(0));
    t.advance(3_333);
    assertThat(protocol.next(renewed, t.now())).isInstanceOf(Step.Pause.class);
    t.advance(1);
    assertThat(protocol.next(renewed, t.now())).isInstanceOf(Step.Renew.class);
  }

  @Test
  void lengthenedLease_isRenewedByItsNewDuration() {
    RenewalProtocol protocol = protocol();
    Hold renewing = hold.withPendingRenewal(t.now(), LEASE_MILLIS * 6);
    RenewalResult renewal = renewing.afterRenewal(new Reply.Applied(renewing.row(), false));
    Hold longer = ((RenewalResult.Renewed) renewal).hold();
    t.advance(15_000);
    assertThat(protocol.next(longer, t.now())).isInstanceOf(Step.Pause.class);
    t.advance(5_001);
    assertThat(protocol.next(longer, t.now())).isInstanceOf(Step.Renew.class);
  }

  @Test
  void lockCloseToExpiry_isRenewedImmediately_andLossIsReportedAtHalfOfTheRest() {
    t.advance(9_000);
    RenewalProtocol protocol = protocol();
    Step.Renew renew = renewStep(protocol);
    assertThat(renew.callNanos()).isEqualTo(nanos(495));
    t.advance(495);
    assertThat(renew.next().next(hold, t.now())).isEqualTo(new Step.ReportLoss(nanos(495)));
  }
}
