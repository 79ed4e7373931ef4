package dev.holdfast.verification.contract;

import cloud.localstack.Localstack;
import cloud.localstack.docker.annotation.LocalstackDockerConfiguration;
import dev.holdfast.testkit.local.LocalDynamoDb;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * LocalStack in a container of Docker, which all classes of the contract share and which ends with
 * the JVM.
 *
 * @param endpoint where its DynamoDB answers
 */
record LocalStack(URI endpoint) {
  /** The last release line that needs no account. */
  private static final String IMAGE_TAG = "4.4";

  /** Starts it on first use. */
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
   * Says what is missing, instead of the stack traces of whatever fails without it.
   *
   * @throws IllegalStateException where the command fails or is not there
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
