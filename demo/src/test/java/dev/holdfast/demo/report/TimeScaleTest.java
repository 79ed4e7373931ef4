package dev.holdfast.demo.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TimeScaleTest {

  private static List<TimeScale.Tick> ticks(Duration length, Duration end) {
    return new TimeScale(Instant.EPOCH, length, TimeScale.LEFT).ticks(end);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 21, 39, 40, 75, 600, 1_190})
  void ticks_ofAnyLength_haveSpaceForTheirLabels(int seconds) {
    Duration length = Duration.ofSeconds(seconds);
    List<TimeScale.Tick> ticks = ticks(length, length);
    for (int i = 1; i < ticks.size(); i++) {
      assertThat(ticks.get(i).x() - ticks.get(i - 1).x()).isGreaterThan(50);
    }
  }

  @Test
  void ticks_endWithTheActivity() {
    assertThat(ticks(Duration.ofSeconds(30), Duration.ofMillis(20_900)))
        .extracting(TimeScale.Tick::label)
        .containsExactly(
            "0 s", "2 s", "4 s", "6 s", "8 s", "10 s", "12 s", "14 s", "16 s", "18 s", "20 s");
  }
}
