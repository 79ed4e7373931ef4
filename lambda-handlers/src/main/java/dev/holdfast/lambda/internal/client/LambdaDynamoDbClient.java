package dev.holdfast.lambda.internal.client;

import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * A client for a function: quick to make, and soon to say that nobody answers. The lock bounds each
 * call further. Nothing is taken from profile files, which the SDK still opens where they are;
 * credentials come from Lambda's variables, or from where those point to after a snapshot was
 * restored.
 */
public final class LambdaDynamoDbClient {
  private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(1);
  private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(2);

  private LambdaDynamoDbClient() {}

  public static DynamoDbClient create(Region region) {
    ProfileFile noProfiles = ProfileFile.aggregator().build();
    return DynamoDbClient.builder()
        .region(region)
        .credentialsProvider(
            AwsCredentialsProviderChain.of(
                EnvironmentVariableCredentialsProvider.create(),
                ContainerCredentialsProvider.create()))
        .httpClientBuilder(
            UrlConnectionHttpClient.builder()
                .connectionTimeout(CONNECTION_TIMEOUT)
                .socketTimeout(SOCKET_TIMEOUT))
        .overrideConfiguration(
            c -> c.defaultProfileFile(noProfiles).retryStrategy(RetryMode.STANDARD))
        .build();
  }
}
