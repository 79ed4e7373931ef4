package dev.holdfast.cli;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;

/** Options of the DynamoDB client: endpoint, Region and credentials. */
final class ClientOptions {
  @Option(
      names = "--endpoint-url",
      paramLabel = "URL",
      description = "endpoint of DynamoDB; for DynamoDB Local: http://127.0.0.1:8000")
  private @Nullable URI endpointUrl;

  @Option(
      names = "--region",
      paramLabel = "REGION",
      description = "AWS Region; default: the Region of the environment or of the profile")
  private @Nullable String region;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "profile in the AWS configuration files; provides Region and credentials")
  private @Nullable String profile;

  /** Creates a client. The caller closes it. */
  DynamoDbClient createClient() {
    DynamoDbClientBuilder builder =
        DynamoDbClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder());
    if (endpointUrl != null) {
      builder.endpointOverride(requireHttpUrl(endpointUrl));
    }
    if (profile != null) {
      builder.credentialsProvider(ProfileCredentialsProvider.create(profile));
    }
    return builder.region(resolveRegion()).build();
  }

  private static URI requireHttpUrl(URI url) {
    boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    if (!http || url.getHost() == null) {
      throw new IllegalArgumentException(
          "--endpoint-url must be http://host:port or https://host:port, got '" + url + "'");
    }
    return url;
  }

  private Region resolveRegion() {
    if (region != null) {
      return Region.of(region);
    }
    DefaultAwsRegionProviderChain.Builder chain = DefaultAwsRegionProviderChain.builder();
    if (profile != null) {
      chain.profileName(profile);
    }
    return chain.build().getRegion();
  }
}
