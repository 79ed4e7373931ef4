package dev.holdfast.lock.internal.protocol;

import static dev.holdfast.lock.internal.protocol.Timeline.nanos;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class YieldPolicyTest {
  private static final AcquireSpec SPEC =
      new AcquireSpec("order-1", Timeline.LEASE_MILLIS, Timeline.BOUNDED, "me", null, null);
  private static final KeyObservations NO_OBSERVATIONS = KeyObservations.EMPTY;

  private final Timeline t = Timeline.tryAcquire();
  private final HalfJitter randomSource = new HalfJitter();

  private static final class HalfJitter implements RandomSource {
    @Override
    public String nonce() {
      throw new AssertionError("a yield needs no nonce");
    }

    @Override
    public double jitter() {
      return 0.5;
    }
  }

  private YieldPolicy afterHolds(int times, long holdMillis) {
    YieldPolicy policy = YieldPolicy.NONE;
    for (int i = 0; i < times; i++) {
      policy = policy.afterAcquire(0, t.now()).afterRelease(t.advance(holdMillis).now());
    }
    return policy;
  }

  private KeyObservations withWaiters(long millis) {
    return new KeyObservations(
        null, Set.of(), 0, new ContentionHint(millis, t.now().monotonicNanos()));
  }

  @Test
  void noHoldYet_doesNotYield() {
    assertThat(YieldPolicy.NONE.mustYield(false, withWaiters(900), t.now())).isFalse();
  }

  @Test
  void reacquire_yields_onlyIfOthersWait() {
    YieldPolicy policy = afterHolds(1, 100);
    assertThat(policy.mustYield(false, withWaiters(900), t.now())).isTrue();
    assertThat(policy.mustYield(false, NO_OBSERVATIONS, t.now())).isFalse();
  }

  @Test
  void handoffWithinTheJvm_yieldsOnlyAfterSixteenHolds() {
    assertThat(afterHolds(15, 100).mustYield(true, withWaiters(900), t.now())).isFalse();
    assertThat(afterHolds(16, 100).mustYield(true, withWaiters(900), t.now())).isTrue();
    assertThat(afterHolds(16, 100).mustYield(true, NO_OBSERVATIONS, t.now())).isTrue();
  }

  @Test
  void acquireAfterAnotherHolder_restartsTheCount() {
    YieldPolicy policy = afterHolds(16, 100).afterAcquire(1, t.now()).afterRelease(t.now());
    assertThat(policy.consecutiveHolds()).isEqualTo(1);
    assertThat(policy.mustYield(true, withWaiters(900), t.now())).isFalse();
  }

  @Test
  void afterYield_theCountRestarts() {
    assertThat(afterHolds(16, 100).afterYield().mustYield(true, NO_OBSERVATIONS, t.now()))
        .isFalse();
  }

  @Test
  void yield_lastsOneWaitersPause_fromTheRelease() {
    YieldPolicy policy = afterHolds(1, 100);
    KeyObservations observations = withWaiters(900);
    assertThat(policy.yieldNanos(SPEC, observations, t.now(), randomSource)).isEqualTo(nanos(100));
    assertThat(policy.yieldNanos(SPEC, observations, t.advance(60).now(), randomSource))
        .isEqualTo(nanos(40));
    assertThat(policy.yieldNanos(SPEC, observations, t.advance(60).now(), randomSource)).isZero();
  }

  @Test
  void yield_withoutKnownWaiters_isAnEighthOfAHold_upToABound() {
    assertThat(afterHolds(16, 800).yieldNanos(SPEC, NO_OBSERVATIONS, t.now(), randomSource))
        .isEqualTo(nanos(100));
    assertThat(afterHolds(16, 60_000).yieldNanos(SPEC, NO_OBSERVATIONS, t.now(), randomSource))
        .isEqualTo(nanos(400));
  }

  @Test
  void yield_neverExceedsTheLease() {
    YieldPolicy policy = afterHolds(1, 100);
    assertThat(policy.yieldNanos(SPEC, withWaiters(86_400_000), t.now(), randomSource))
        .isEqualTo(nanos(Timeline.LEASE_MILLIS));
  }
}
