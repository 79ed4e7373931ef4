package dev.holdfast.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampleStatisticsTest {
  private static SampleStatistics of(double... values) {
    SampleStatistics sample = new SampleStatistics();
    DoubleStream.of(values).forEach(sample::add);
    return sample;
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "0.25, 1", "0.26, 2", "0.5, 2", "0.75, 3", "0.76, 4", "1, 4"})
  void quantile_usesNearestRank(double fraction, double value) {
    assertThat(of(4, 2, 1, 3).quantile(fraction)).isEqualTo(value);
  }

  @Test
  void format_showsMedianAndInterquartileRange() {
    assertThat(of(40, 10, 30, 20).format()).isEqualTo("20.0 (10.0 to 30.0)");
  }

  @Test
  void median_withoutValues_throws() {
    assertThatIllegalStateException().isThrownBy(new SampleStatistics()::median);
  }
}
