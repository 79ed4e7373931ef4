package dev.holdfast.lock.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lock.internal.protocol.ClockSkewEstimate.Skew;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClockSkewEstimateTest {
  private static final long NOON_MILLIS = 2_000_000_000_000L;
  private static final ClockBounds BOUNDED = new ClockBounds(1_000L, 1, true);

  /** Returns the clocks of a host with a skew, at a true time in milliseconds since noon. */
  private static ClockReading clocksOf(long trueMillis, long skewMillis) {
    return new ClockReading(
        (NOON_MILLIS + trueMillis + skewMillis) * 1_000, trueMillis * 1_000_000);
  }

  /** Returns the date header of the service at a true time, in whole seconds. */
  private static long dateHeader(long trueMillis) {
    return Math.floorDiv(NOON_MILLIS + trueMillis, 1_000) * 1_000;
  }

  private static ClockSkewEstimate afterReply(
      ClockSkewEstimate estimate, long trueMillis, long skewMillis) {
    return estimate.afterReply(
        clocksOf(trueMillis, skewMillis),
        clocksOf(trueMillis + 10, skewMillis),
        dateHeader(trueMillis + 5));
  }

  @ParameterizedTest
  @ValueSource(longs = {-5_000, -4_000, -3_600_000})
  void clockFarBehind_isDetectedByTheFirstReply(long skewMillis) {
    ClockSkewEstimate estimate = afterReply(ClockSkewEstimate.UNKNOWN, 300, skewMillis);
    assertThat(estimate.exceededSkew(clocksOf(320, skewMillis), BOUNDED))
        .hasValueSatisfying(
            exceeded ->
                assertThat(((Skew.Behind) exceeded).minMillis())
                    .isBetween(-skewMillis - 2_600, -skewMillis + 1_100));
  }

  @ParameterizedTest
  @ValueSource(longs = {5_000, 4_000, 3_600_000})
  void clockFarAhead_isDetectedByTheFirstReply(long skewMillis) {
    ClockSkewEstimate estimate = afterReply(ClockSkewEstimate.UNKNOWN, 300, skewMillis);
    assertThat(estimate.exceededSkew(clocksOf(320, skewMillis), BOUNDED))
        .hasValueSatisfying(exceeded -> assertThat(exceeded).isInstanceOf(Skew.Ahead.class));
  }

  @Test
  void skewBelowHalfTheMaximum_isNeverReported_withAnyDelayedOrCachedHeader() {
    Random random = new Random(7);
    for (long skewMillis = -400; skewMillis <= 400; skewMillis += 25) {
      ClockSkewEstimate estimate = ClockSkewEstimate.UNKNOWN;
      for (long at = 0; at < 600_000; at += 1 + random.nextInt(4_000)) {
        long durationMillis = random.nextInt(2_000);
        long sentAt = at + random.nextInt((int) durationMillis + 1);
        long header = dateHeader(sentAt - random.nextInt(1_001));
        estimate =
            estimate.afterReply(
                clocksOf(at, skewMillis), clocksOf(at + durationMillis, skewMillis), header);
        assertThat(estimate.exceededSkew(clocksOf(at + durationMillis, skewMillis), BOUNDED))
            .as("skew of %d ms", skewMillis)
            .isEmpty();
      }
    }
  }

  @Test
  void manyReplies_narrowTheBounds() {
    ClockSkewEstimate estimate = ClockSkewEstimate.UNKNOWN;
    for (long at = 0; at < 10_000; at += 130) {
      estimate = afterReply(estimate, at, -1_800);
    }
    assertThat(estimate.exceededSkew(clocksOf(10_000, -1_800), BOUNDED)).isPresent();
    assertThat(
            afterReply(ClockSkewEstimate.UNKNOWN, 985, -1_800)
                .exceededSkew(clocksOf(1_000, -1_800), BOUNDED))
        .as("one reply cannot detect a skew of 1.8 s")
        .isEmpty();
  }

  @Test
  void clockThatIsCorrected_isTrustedAgain_atLatestAfterTheNextReply() {
    ClockSkewEstimate skewed = afterReply(ClockSkewEstimate.UNKNOWN, 0, 5_000);
    assertThat(skewed.exceededSkew(clocksOf(20, 0), BOUNDED))
        .as("an adjusted clock invalidates the estimate")
        .isEmpty();
    assertThat(afterReply(skewed, 1_000, 0).exceededSkew(clocksOf(1_020, 0), BOUNDED)).isEmpty();
  }

  @Test
  void clockThatIsCorrectedSlowly_isTrustedAgain() {
    ClockSkewEstimate estimate = ClockSkewEstimate.UNKNOWN;
    for (long at = 0; at <= 500_000; at += 1_000) {
      estimate = afterReply(estimate, at, Math.max(0, 4_000 - at / 100));
    }
    assertThat(estimate.exceededSkew(clocksOf(500_020, 0), BOUNDED)).isEmpty();
  }

  /**
   * Adjusts the clock as a time daemon does: by up to 100 ms a second, below the limit for two
   * calls.
   */
  @ParameterizedTest
  @ValueSource(longs = {-4_000, 4_000})
  void slewedClock_reportedSkewNeverExceedsTheTrueSkew(long initialSkew) {
    ClockSkewEstimate estimate = ClockSkewEstimate.UNKNOWN;
    for (long at = 0; at <= 40_000; at += 400) {
      long skew = initialSkew - Long.signum(initialSkew) * Math.min(4_000, at / 10);
      estimate = afterReply(estimate, at, skew);
      long trueSkew = Math.abs(skew);
      long reportedSkew =
          estimate.exceededSkew(clocksOf(at + 10, skew), BOUNDED).map(Skew::minMillis).orElse(0L);
      assertThat(reportedSkew).as("at %d ms", at).isLessThanOrEqualTo(trueSkew);
    }
  }

  @Test
  void contradictingReplies_theNewestWins() {
    ClockSkewEstimate estimate = ClockSkewEstimate.UNKNOWN;
    for (long at = 0; at < 5_000; at += 500) {
      estimate = afterReply(estimate, at, 0);
    }
    estimate =
        estimate.afterReply(clocksOf(5_000, 0), clocksOf(5_010, 0), dateHeader(5_000) - 10_000);
    assertThat(estimate.exceededSkew(clocksOf(5_020, 0), BOUNDED))
        .hasValueSatisfying(exceeded -> assertThat(exceeded).isInstanceOf(Skew.Ahead.class));
  }

  @Test
  void missingHeader_changesNothing() {
    ClockSkewEstimate estimate = afterReply(ClockSkewEstimate.UNKNOWN, 0, 0);
    assertThat(estimate.afterReply(clocksOf(100, 0), clocksOf(110, 0), null)).isSameAs(estimate);
  }

  @Test
  void slowCall_changesNothing() {
    ClockSkewEstimate estimate = afterReply(ClockSkewEstimate.UNKNOWN, 0, 0);
    assertThat(estimate.afterReply(clocksOf(100, 0), clocksOf(5_101, 0), dateHeader(100) - 60_000))
        .isSameAs(estimate);
  }

  @Test
  void clockSetDuringTheCall_changesNothing() {
    ClockSkewEstimate estimate = afterReply(ClockSkewEstimate.UNKNOWN, 0, 0);
    assertThat(estimate.afterReply(clocksOf(100, 0), clocksOf(200, 60), dateHeader(100) - 60_000))
        .isSameAs(estimate);
  }

  @Test
  void estimate_expiresAfterFiveMinutes() {
    ClockSkewEstimate estimate = afterReply(ClockSkewEstimate.UNKNOWN, 0, 5_000);
    assertThat(estimate.exceededSkew(clocksOf(299_000, 5_000), BOUNDED)).isPresent();
    assertThat(estimate.exceededSkew(clocksOf(301_000, 5_000), BOUNDED)).isEmpty();
  }

  @Test
  void estimate_expiresIfTheClocksDisagree_asAfterARestoredSnapshot() {
    ClockSkewEstimate estimate = afterReply(ClockSkewEstimate.UNKNOWN, 0, 5_000);
    ClockReading restored = new ClockReading(clocksOf(3_600_000, 5_000).wallMicros(), 20_000_000);
    assertThat(estimate.exceededSkew(restored, BOUNDED)).isEmpty();
  }

  @Test
  void unsynchronizedClocks_skewIsNeverExceeded() {
    ClockSkewEstimate estimate = afterReply(ClockSkewEstimate.UNKNOWN, 0, 3_600_000);
    assertThat(estimate.exceededSkew(clocksOf(20, 3_600_000), new ClockBounds(null, 1, false)))
        .isEmpty();
  }

  @Test
  void extremeHeaders_doNotOverflow() {
    ClockSkewEstimate estimate =
        ClockSkewEstimate.UNKNOWN.afterReply(clocksOf(0, 0), clocksOf(10, 0), Long.MIN_VALUE / 4);
    assertThat(estimate.exceededSkew(clocksOf(20, 0), BOUNDED)).isPresent();
    assertThat(afterReply(estimate, 100, 0).exceededSkew(clocksOf(120, 0), BOUNDED)).isEmpty();
  }
}
