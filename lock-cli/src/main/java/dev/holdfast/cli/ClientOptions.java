package dev.holdfast.cli;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;

/** Options of the DynamoDB client: endpoint, Region and credentials. */
final class ClientOptions {
  private static final Pattern REGION_NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
  private static final int MAX_PORT = 65_535;

  /** So few that a throttled call ends before its timeout, and is reported as throttled. */
  private static final int MAX_ATTEMPTS = 4;

  @Option(
      names = "--endpoint-url",
      paramLabel = "URL",
      description = {"endpoint of DynamoDB; for DynamoDB Local:", "http://127.0.0.1:8000"})
  private @Nullable String endpointUrl;

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
    AwsSettings settings = new AwsSettings(profile);
    DynamoDbClientBuilder builder =
        DynamoDbClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder());
    if (endpointUrl != null) {
      builder.endpointOverride(requireHttpUrl(endpointUrl));
    }
    builder
        .overrideConfiguration(o -> o.retryStrategy(retries -> retries.maxAttempts(MAX_ATTEMPTS)))
        .region(region == null ? settings.region() : requireRegion(region))
        .credentialsProvider(settings.credentials());
    try {
      return builder.build();
    } catch (SdkException | IllegalArgumentException | NullPointerException e) {
      throw new ClientSetupException(
          "the AWS settings of the environment are not valid, check AWS_ENDPOINT_URL and"
              + " AWS_ENDPOINT_URL_DYNAMODB: "
              + e.getMessage(),
          e);
    }
  }

  private static Region requireRegion(String name) {
    if (!REGION_NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "--region must be the name of a Region, such as us-east-1, got '" + name + "'");
    }
    return Region.of(name);
  }

  private static URI requireHttpUrl(String text) {
    try {
      URI url = new URI(text);
      if (isHttp(url) && url.getHost() != null && url.getPort() <= MAX_PORT) {
        return url;
      }
    } catch (URISyntaxException e) {
      throw invalidUrl(text, e);
    }
    throw invalidUrl(text, null);
  }

  private static boolean isHttp(URI url) {
    return "http".equals(url.getScheme()) || "https".equals(url.getScheme());
  }

  private static IllegalArgumentException invalidUrl(
      String text, @Nullable URISyntaxException cause) {
    return new IllegalArgumentException(
        "--endpoint-url must be http://host:port or https://host:port, got '" + text + "'", cause);
  }
}
