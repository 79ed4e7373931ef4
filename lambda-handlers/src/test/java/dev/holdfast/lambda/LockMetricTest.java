package dev.holdfast.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LockMetricTest {
  private final Bench bench = new Bench();

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "AWS/Lambda", "a\nb", "größe"})
  void namespace_thatCloudWatchRefuses_isRefused(String namespace) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> bench.guard().metrics(namespace))
        .withMessageContaining("metrics namespace must have 1 to 255");
  }

  @ParameterizedTest
  @EnumSource
  void name_isWithoutSpaces(LockMetric metric) {
    assertThat(metric.metricName()).matches("[A-Z][A-Za-z]+");
    assertThat(metric.unit()).isIn("Count", "Milliseconds");
  }
}
