package dev.holdfast.lock.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lock.protocol.ClockError.Beyond;
import dev.holdfast.lock.protocol.ClockError.Bounds;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** To the millisecond, so that no bound moves unseen. */
class ClockErrorBoundsTest {
  private static final long NOON_MILLIS = 2_000_000_000_000L;
  private static final ClockBounds BOUNDED = new ClockBounds(1_000L, 1, true);

  private static ClockReading right(long millis) {
    return new ClockReading((NOON_MILLIS + millis) * 1_000, millis * 1_000_000);
  }

  private static ClockError known(long minMillis, long maxMillis, long millis) {
    return new ClockError(new Bounds(minMillis, maxMillis, right(millis)));
  }

  @Test
  void oneReply_leavesTwoSecondsOfCache_andHalfASecondOfRounding() {
    assertThat(ClockError.UNKNOWN.after(right(0), right(10), NOON_MILLIS).known())
        .isEqualTo(new Bounds(-2_000, 510, right(10)));
  }

  @Test
  void whatIsKnown_widensByAThousandthOfItsAge_andAMillisecond() {
    ClockError first = ClockError.UNKNOWN.after(right(0), right(10), NOON_MILLIS);

    assertThat(first.after(right(100_000), right(105_000), NOON_MILLIS + 102_500).known())
        .as("by a call of just five seconds, which says less")
        .isEqualTo(new Bounds(-2_105, 615, right(105_000)));
  }

  @ParameterizedTest
  @CsvSource({"40000, 40", "-40000, -40", "39999, 39", "-39001, -40"})
  void whatIsKnown_movesByWhatTheWallClockGained(long gainedMicros, long gainedMillis) {
    ClockError first = known(-2_000, 510, 10);
    ClockReading later =
        new ClockReading(right(20_010).wallMicros() + gainedMicros, right(20_010).monotonicNanos());

    assertThat(first.after(later, later, NOON_MILLIS + 20_010 + 700).known())
        .isEqualTo(new Bounds(-2_021 + gainedMillis, -700 + 500 + gainedMillis, later));
  }

  @Test
  void aClockThatWasSetByFiftyMilliseconds_mayHaveDrifted() {
    ClockReading received = new ClockReading((NOON_MILLIS + 60) * 1_000, 10_000_000);
    assertThat(ClockError.UNKNOWN.after(right(0), received, NOON_MILLIS).known()).isNotNull();
  }

  @Test
  void repliesThatJustMeet_doNotContradictEachOther() {
    assertThat(known(-9_000, -2_001, 10).after(right(0), right(10), NOON_MILLIS).known())
        .isEqualTo(new Bounds(-2_000, -2_000, right(10)));
  }

  @ParameterizedTest
  @CsvSource({"-3000, -501", "501, 3000"})
  void offByJustHalfTheBound_isNotBeyond(long minMillis, long maxMillis) {
    assertThat(known(minMillis, maxMillis, 7).beyond(right(7), BOUNDED)).isEmpty();
  }

  @Test
  void offByOneMillisecondMore_isBeyond_onItsSide() {
    assertThat(known(-3_000, -502, 7).beyond(right(7), BOUNDED)).contains(new Beyond.Behind(501));
    assertThat(known(502, 3_000, 7).beyond(right(7), BOUNDED)).contains(new Beyond.Ahead(501));
    assertThat(new Beyond.Behind(501).off()).isEqualTo(Duration.ofMillis(-501));
    assertThat(new Beyond.Ahead(501).off()).isEqualTo(Duration.ofMillis(501));
  }

  @ParameterizedTest
  @CsvSource({"699999, true", "700000, false"})
  void whatIsKnown_isForgottenAfterJustFiveMinutes(long millis, boolean stillKnown) {
    ClockError error = known(5_000, 6_000, 400_000);
    assertThat(error.beyond(right(millis), BOUNDED).isPresent()).isEqualTo(stillKnown);
  }
}
