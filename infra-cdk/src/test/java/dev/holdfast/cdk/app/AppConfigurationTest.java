package dev.holdfast.cdk.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AppConfigurationTest {

  @Test
  void emptyContext_retainsTable_andOmitsSamples() {
    assertThat(AppConfiguration.fromContext(Map.of())).isEqualTo(new AppConfiguration(false, true));
  }

  @Test
  void stringValues_areParsed() {
    assertThat(AppConfiguration.fromContext(Map.of("samples", "true", "retain", "false")))
        .isEqualTo(new AppConfiguration(true, false));
  }

  @Test
  void booleanValues_areAccepted() {
    assertThat(AppConfiguration.fromContext(Map.of("samples", true, "retain", false)))
        .isEqualTo(new AppConfiguration(true, false));
  }

  @Test
  void cdkContextKeys_areIgnored() {
    Map<String, Object> context =
        Map.of(
            "@aws-cdk/core:checkSecretUsage", true,
            "aws:cdk:enable-path-metadata", true,
            "availability-zones:account=1:region=eu-central-1", "eu-central-1a",
            "cli-telemetry", false,
            "acknowledged-issue-numbers", "1");
    assertThat(AppConfiguration.fromContext(context)).isEqualTo(new AppConfiguration(false, true));
  }

  @Test
  void unknownKey_isRejected_withAllowedKeys() {
    assertThatThrownBy(() -> AppConfiguration.fromContext(Map.of("sample", "true")))
        .isInstanceOf(AppConfigurationException.class)
        .hasMessage(
            "context key must be samples (true or false, default false) or retain (true or false,"
                + " default true), got sample");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "yes", "TRUE", "1"})
  void malformedValue_isRejected_withCorrectOption(String value) {
    assertThatThrownBy(() -> AppConfiguration.fromContext(Map.of("retain", value)))
        .isInstanceOf(AppConfigurationException.class)
        .hasMessage("context retain must be true or false, got '%s': pass -c retain=false", value);
  }
}
