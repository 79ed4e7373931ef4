package dev.holdfast.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class OptionsTest {

  @Test
  void parse_noArguments_usesDefaults() {
    assertThat(Options.parse(List.of())).isEqualTo(new Options(1, false, false));
  }

  @Test
  void parse_allOptions_setsThem() {
    assertThat(Options.parse(List.of("--keep", "--seed", "-7", "--help")))
        .isEqualTo(new Options(-7, true, true));
  }

  @Test
  void parse_unknownOption_throwsWithItsName() {
    assertThatThrownBy(() -> Options.parse(List.of("--sead")))
        .isInstanceOf(UsageException.class)
        .hasMessage("unknown option --sead; run ./holdfast demo --help");
  }

  @Test
  void parse_seedIsNotANumber_throwsWithReceivedValue() {
    assertThatThrownBy(() -> Options.parse(List.of("--seed", "x")))
        .hasMessage("--seed must be an integer, got x; for example --seed 7");
    assertThatThrownBy(() -> Options.parse(List.of("--seed"))).hasMessageContaining("got nothing");
  }
}
