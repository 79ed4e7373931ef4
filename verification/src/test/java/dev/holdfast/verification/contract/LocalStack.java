package dev.holdfast.verification.contract;

import static org.awaitility.Awaitility.await;

import dev.holdfast.testkit.local.LocalDynamoDb;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * LocalStack in a Docker container.
 *
 * @param docker the Docker program
 * @param container the id of the container
 * @param endpoint the endpoint of its DynamoDB
 */
record LocalStack(String docker, String container, URI endpoint) {
  /** The last version that starts without a token, of February 2026. */
  private static final String IMAGE = "localstack/localstack:4.14.0";

  private static final String PORT = "4566";
  private static final Duration MAX_START_TIME = Duration.ofMinutes(2);

  /** Returns the container of all contract tests, which stops with the JVM. */
  static LocalStack shared() {
    return Singleton.INSTANCE;
  }

  DynamoDbClient client() {
    return LocalDynamoDb.clientBuilder(endpoint).build();
  }

  /**
   * Starts a container, and waits until its DynamoDB answers.
   *
   * @param docker the program
   * @throws IllegalStateException if a command fails or the program does not exist
   */
  static LocalStack start(String docker) {
    run(docker, "info");
    String container =
        run(
            docker,
            "run",
            "--detach",
            "--rm",
            "--publish=127.0.0.1::" + PORT,
            "--env=SERVICES=dynamodb",
            IMAGE);
    URI endpoint = endpoint(run(docker, "port", container, PORT));
    LocalStack started = new LocalStack(docker, container, endpoint);
    try (DynamoDbClient client = started.client()) {
      await("DynamoDB of LocalStack")
          .atMost(MAX_START_TIME)
          .ignoreExceptions()
          .until(() -> client.listTables().hasTableNames());
    }
    return started;
  }

  void stop() {
    run(docker, "kill", container);
  }

  /**
   * Returns the endpoint of a published port.
   *
   * @param published the output of {@code docker port}: an address and a port in each line
   */
  static URI endpoint(String published) {
    String first = published.lines().findFirst().orElseThrow();
    int colon = first.lastIndexOf(':');
    String address = first.substring(0, colon);
    boolean everyAddress = address.equals("0.0.0.0") || address.equals("[::]");
    return URI.create(
        String.format(
            Locale.ROOT,
            "http://%s:%s",
            everyAddress ? "127.0.0.1" : address,
            first.substring(colon + 1)));
  }

  /** Runs a command, and returns its output. */
  private static String run(String... command) {
    Process process;
    try {
      process = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
    } catch (IOException missing) {
      throw commandFailure(command, missing);
    }
    try (InputStream output = process.getInputStream()) {
      String text = new String(output.readAllBytes(), StandardCharsets.UTF_8).strip();
      if (process.onExit().join().exitValue() != 0) {
        throw commandFailure(command, null);
      }
      return text;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static IllegalStateException commandFailure(String[] command, @Nullable Exception cause) {
    return new IllegalStateException(
        String.format(
            Locale.ROOT,
            "%s %s must succeed for the profile localstack, and does not: start Docker, or leave"
                + " -P localstack out",
            command[0],
            command[1]),
        cause);
  }

  private static final class Singleton {
    static final LocalStack INSTANCE = startUntilExit();

    private static LocalStack startUntilExit() {
      LocalStack started = start("docker");
      Runtime.getRuntime().addShutdownHook(new Thread(started::stop, "localstack"));
      return started;
    }
  }
}
