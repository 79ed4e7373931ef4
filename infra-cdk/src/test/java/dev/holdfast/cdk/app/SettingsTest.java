package dev.holdfast.cdk.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingsTest {

  @Test
  void withoutContext_theTableIsRetained_andTheSamplesStayAway() {
    assertThat(Settings.from(Map.of())).isEqualTo(new Settings(false, true));
  }

  @Test
  void textFromTheCommandLine_isRead() {
    assertThat(Settings.from(Map.of("samples", "true", "retain", "false")))
        .isEqualTo(new Settings(true, false));
  }

  @Test
  void booleansFromCdkJson_areRead() {
    assertThat(Settings.from(Map.of("samples", true, "retain", false)))
        .isEqualTo(new Settings(true, false));
  }

  @Test
  void contextOfCdkItself_isNotOurs() {
    Map<String, Object> context =
        Map.of(
            "@aws-cdk/core:checkSecretUsage", true,
            "aws:cdk:enable-path-metadata", true,
            "availability-zones:account=1:region=eu-central-1", "eu-central-1a",
            "cli-telemetry", false,
            "acknowledged-issue-numbers", "1");
    assertThat(Settings.from(context)).isEqualTo(new Settings(false, true));
  }

  @Test
  void unknownKey_isRefused_withTheKeysThereAre() {
    assertThatThrownBy(() -> Settings.from(Map.of("sample", "true")))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "context key must be samples (true or false, default false) or retain (true or false,"
                + " default true), got sample");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "yes", "TRUE", "1"})
  void malformedValue_isRefused_withWhatToPass(String value) {
    assertThatThrownBy(() -> Settings.from(Map.of("retain", value)))
        .isInstanceOf(SettingsException.class)
        .hasMessage("context retain must be true or false, got '%s': pass -c retain=false", value);
  }
}
