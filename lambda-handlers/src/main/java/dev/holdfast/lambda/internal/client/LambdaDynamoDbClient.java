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
 * Factory of the DynamoDB client of a function. The client starts fast and has short timeouts; the
 * lock client limits each request further.
 *
 * <p>It takes no settings from profile files, although the SDK opens them if they exist.
 * Credentials come from Lambda's environment variables. After a snapshot is restored, they come
 * from the endpoint that these variables name.
 */
public final class LambdaDynamoDbClient {
  private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(1);
  private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(2);

  private LambdaDynamoDbClient() {}

  /** Creates a client for a Region. */
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
