package dev.holdfast.lock.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lock.internal.protocol.ClockSkewEstimate.Bounds;
import dev.holdfast.lock.internal.protocol.ClockSkewEstimate.Skew;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exact bounds of the clock skew, in milliseconds. */
class ClockSkewEstimateBoundsTest {
  private static final long NOON_MILLIS = 2_000_000_000_000L;
  private static final ClockBounds BOUNDED = new ClockBounds(1_000L, 1, true);

  private static ClockReading accurate(long millis) {
    return new ClockReading((NOON_MILLIS + millis) * 1_000, millis * 1_000_000);
  }

  private static ClockSkewEstimate estimate(long minMillis, long maxMillis, long millis) {
    return new ClockSkewEstimate(new Bounds(minMillis, maxMillis, accurate(millis)));
  }

  @Test
  void oneReply_boundsSkew_byTwoSecondsOfCacheAndHalfASecondOfRounding() {
    assertThat(
            ClockSkewEstimate.UNKNOWN.afterReply(accurate(0), accurate(10), NOON_MILLIS).bounds())
        .isEqualTo(new Bounds(-2_000, 510, accurate(10)));
  }

  @Test
  void bounds_widenByAThousandthOfTheirAge_plusOneMillisecond() {
    ClockSkewEstimate first =
        ClockSkewEstimate.UNKNOWN.afterReply(accurate(0), accurate(10), NOON_MILLIS);

    assertThat(
            first.afterReply(accurate(100_000), accurate(105_000), NOON_MILLIS + 102_500).bounds())
        .as("a call of 5 s, which is less precise")
        .isEqualTo(new Bounds(-2_105, 615, accurate(105_000)));
  }

  @ParameterizedTest
  @CsvSource({"40000, 40", "-40000, -40", "39999, 39", "-39001, -40"})
  void bounds_moveByTheWallClocksGain(long gainedMicros, long gainedMillis) {
    ClockSkewEstimate first = estimate(-2_000, 510, 10);
    ClockReading later =
        new ClockReading(
            accurate(20_010).wallMicros() + gainedMicros, accurate(20_010).monotonicNanos());

    assertThat(first.afterReply(later, later, NOON_MILLIS + 20_010 + 700).bounds())
        .isEqualTo(new Bounds(-2_021 + gainedMillis, -700 + 500 + gainedMillis, later));
  }

  @Test
  void clockAdjustedBy50Millis_duringACall_isUsed() {
    ClockReading received = new ClockReading((NOON_MILLIS + 60) * 1_000, 10_000_000);
    assertThat(ClockSkewEstimate.UNKNOWN.afterReply(accurate(0), received, NOON_MILLIS).bounds())
        .isNotNull();
  }

  @Test
  void boundsWithOneCommonValue_doNotContradictEachOther() {
    assertThat(
            estimate(-9_000, -2_001, 10)
                .afterReply(accurate(0), accurate(10), NOON_MILLIS)
                .bounds())
        .isEqualTo(new Bounds(-2_000, -2_000, accurate(10)));
  }

  @ParameterizedTest
  @CsvSource({"-3000, -501", "501, 3000"})
  void skewOfExactlyHalfTheMaximum_isNotExceeded(long minMillis, long maxMillis) {
    assertThat(estimate(minMillis, maxMillis, 7).exceededSkew(accurate(7), BOUNDED)).isEmpty();
  }

  @Test
  void skewOneMillisecondAboveHalfTheMaximum_isExceeded_withItsSign() {
    assertThat(estimate(-3_000, -502, 7).exceededSkew(accurate(7), BOUNDED))
        .contains(new Skew.Behind(501));
    assertThat(estimate(502, 3_000, 7).exceededSkew(accurate(7), BOUNDED))
        .contains(new Skew.Ahead(501));
    assertThat(new Skew.Behind(501).offset()).isEqualTo(Duration.ofMillis(-501));
    assertThat(new Skew.Ahead(501).offset()).isEqualTo(Duration.ofMillis(501));
  }

  @ParameterizedTest
  @CsvSource({"699999, true", "700000, false"})
  void bounds_expireAfterExactlyFiveMinutes(long millis, boolean stillKnown) {
    ClockSkewEstimate estimate = estimate(5_000, 6_000, 400_000);
    assertThat(estimate.exceededSkew(accurate(millis), BOUNDED).isPresent()).isEqualTo(stillKnown);
  }
}
