package dev.holdfast.cdk.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HoldfastAppTest {

  @Test
  void defaults_synthesizeLockTableStackOnly() {
    assertThat(new SynthesizedApp(Map.of()).templates()).containsOnlyKeys("HoldfastLocks");
  }

  @Test
  void samplesTrue_addsSecondStack_andKeepsFirstUnchanged() {
    SynthesizedApp alone = new SynthesizedApp(Map.of());
    SynthesizedApp both = SynthesizedApp.WITH_SAMPLES;
    assertThat(both.templates()).containsOnlyKeys("HoldfastLocks", "HoldfastSamples");
    assertThat(both.template("HoldfastLocks")).isEqualTo(alone.template("HoldfastLocks"));
  }

  @Test
  void retainFalse_allowsTableDeletion() {
    SynthesizedApp trial = new SynthesizedApp(Map.of("retain", "false"));
    JsonNode table = trial.template("HoldfastLocks").resource("Locks3E7D824A");
    assertThat(table.path("DeletionPolicy").asText()).isEqualTo("Delete");
    assertThat(table.at("/Properties/DeletionProtectionEnabled").asText()).isEqualTo("false");
  }

  @Test
  void missingZip_isRejected_withBuildCommand(@TempDir Path folder) {
    Path zip = folder.resolve("holdfast-samples.zip");
    assertThatThrownBy(() -> HoldfastApp.samplesCode(zip))
        .isInstanceOf(AppConfigurationException.class)
        .hasMessage(
            "samples=true needs %s, which is missing: build it with mvn -q -pl samples -am package"
                + " -DskipTests",
            zip);
  }
}
