package dev.holdfast.verification.contract;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class LocalStackTest {

  @Test
  void missingDocker_isReportedInOneLine() {
    assertThatThrownBy(() -> LocalStack.requireDocker(List.of("no-such-docker", "info")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "no-such-docker info must succeed for the profile localstack, and does not: start"
                + " Docker, or leave -P localstack out");
  }

  @Test
  void unresponsiveDocker_isReported() {
    assertThatThrownBy(() -> LocalStack.requireDocker(List.of("false")))
        .hasMessageStartingWith("false must succeed for the profile localstack");
  }
}
