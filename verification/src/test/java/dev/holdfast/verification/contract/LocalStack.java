package dev.holdfast.verification.contract;

import cloud.localstack.Localstack;
import cloud.localstack.docker.annotation.LocalstackDockerConfiguration;
import dev.holdfast.testkit.local.LocalDynamoDb;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * LocalStack in a Docker container, which all contract tests share and which stops with the JVM.
 *
 * @param endpoint the endpoint of its DynamoDB
 */
record LocalStack(URI endpoint) {
  /** The last release line that needs no account. */
  private static final String IMAGE_TAG = "4.4";

  /** Returns the container, and starts it at the first call. */
  static LocalStack shared() {
    requireDocker(List.of("docker", "info"));
    return Singleton.INSTANCE;
  }

  DynamoDbClient client() {
    return LocalDynamoDb.clientBuilder(endpoint).build();
  }

  private static LocalStack start() {
    Localstack.INSTANCE.startup(
        LocalstackDockerConfiguration.builder().imageTag(IMAGE_TAG).randomizePorts(true).build());
    Runtime.getRuntime().addShutdownHook(new Thread(Localstack.INSTANCE::stop, "localstack"));
    return new LocalStack(URI.create(Localstack.INSTANCE.getEndpointDynamoDB()));
  }

  /**
   * Checks that Docker is available, to report its absence in one line.
   *
   * @throws IllegalStateException if the command fails or does not exist
   */
  static void requireDocker(List<String> command) {
    if (!succeeds(command)) {
      throw new IllegalStateException(
          String.join(" ", command)
              + " must succeed for the profile localstack, and does not: start Docker, or leave"
              + " -P localstack out");
    }
  }

  private static boolean succeeds(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.onExit().join().exitValue() == 0;
    } catch (IOException missing) {
      return false;
    }
  }

  private static final class Singleton {
    static final LocalStack INSTANCE = start();
  }
}
