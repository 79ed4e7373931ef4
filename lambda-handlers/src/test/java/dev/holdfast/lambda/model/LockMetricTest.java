package dev.holdfast.lambda.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.holdfast.lambda.fixtures.GuardFixture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LockMetricTest {
  private final GuardFixture fixture = new GuardFixture();

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "AWS/Lambda", "a\nb", "größe"})
  void namespace_invalidForCloudWatch_isRefused(String namespace) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fixture.guard().metrics(namespace))
        .withMessageContaining("metrics namespace must have 1 to 255");
  }

  @ParameterizedTest
  @EnumSource
  void name_isPascalCaseWithKnownUnit(LockMetric metric) {
    assertThat(metric.metricName()).matches("[A-Z][A-Za-z]+");
    assertThat(metric.unit()).isIn("Count", "Milliseconds");
  }
}
