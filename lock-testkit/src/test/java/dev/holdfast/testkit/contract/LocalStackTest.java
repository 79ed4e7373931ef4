package dev.holdfast.testkit.contract;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class LocalStackTest {

  @Test
  void withoutDocker_saysSoInOneLine() {
    assertThatThrownBy(() -> LocalStack.requireDocker(List.of("no-such-docker", "info")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "no-such-docker info must succeed for the profile localstack, and does not: start"
                + " Docker, or leave -P localstack out");
  }

  @Test
  void dockerThatDoesNotAnswer_isAsBadAsNone() {
    assertThatThrownBy(() -> LocalStack.requireDocker(List.of("false")))
        .hasMessageStartingWith("false must succeed for the profile localstack");
  }
}
