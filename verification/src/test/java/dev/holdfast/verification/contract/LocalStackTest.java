package dev.holdfast.verification.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.testkit.local.LocalDynamoDb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Tests with programs in place of Docker, which is not needed here. */
final class LocalStackTest {

  @TempDir private Path folder;

  @Test
  void missingDocker_isReportedInOneLine() {
    assertThatThrownBy(() -> LocalStack.start("no-such-docker"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "no-such-docker info must succeed for the profile localstack, and does not: start"
                + " Docker, or leave -P localstack out");
  }

  @Test
  void unresponsiveDocker_isReported() {
    assertThatThrownBy(() -> LocalStack.start("false"))
        .hasMessageStartingWith("false info must succeed for the profile localstack");
  }

  /** Docker publishes ports on all addresses, on one, or on that of another host. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          127.0.0.1:32768               | http://127.0.0.1:32768
          '0.0.0.0:49153\n[::]:49153'   | http://127.0.0.1:49153
          '[::]:49153'                  | http://127.0.0.1:49153
          192.168.127.254:4566          | http://192.168.127.254:4566
          '[::1]:4566'                  | http://[::1]:4566
          """)
  void publishedPort_isEndpoint(String published, String endpoint) {
    assertThat(LocalStack.endpoint(published.replace("\\n", "\n"))).hasToString(endpoint);
  }

  @Test
  void start_usesPublishedPort_andStop_killsContainer() throws IOException {
    try (LocalDynamoDb server = LocalDynamoDb.start()) {
      Path docker = folder.resolve("docker");
      Path commands = folder.resolve("commands");
      String script =
          """
          #!/bin/sh
          echo "$1 $2" >>%s
          case $1 in
            run) echo container ;;
            port) echo 127.0.0.1:%d ;;
          esac
          """;
      Files.writeString(docker, script.formatted(commands, server.endpoint().getPort()));
      assertThat(docker.toFile().setExecutable(true)).isTrue();
      LocalStack started = LocalStack.start(docker.toString());
      try (DynamoDbClient client = started.client()) {
        assertThat(client.listTables().tableNames()).isEmpty();
      }
      started.stop();
      assertThat(commands).hasContent("info \nrun --detach\nport container\nkill container\n");
    }
  }
}
