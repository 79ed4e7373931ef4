package dev.holdfast.lock.internal.dynamodb;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbServiceClientConfiguration;

/**
 * Reader of the {@code Date} header of replies. The header counts only for the endpoint of the
 * service. Another endpoint, such as an emulator or a proxy, may send any time.
 *
 * @param trusted whether the client uses the endpoint of the service
 */
record ServerDate(boolean trusted) {
  private static final String DATE_HEADER = "Date";

  static ServerDate of(DynamoDbClient client) {
    return new ServerDate(
        DynamoDbLockStore.configurationOf(client)
            .map(DynamoDbServiceClientConfiguration::endpointOverride)
            .flatMap(endpoint -> endpoint)
            .isEmpty());
  }

  @Nullable Long of(SdkException failure) {
    AwsErrorDetails details =
        failure instanceof AwsServiceException answer ? answer.awsErrorDetails() : null;
    return details == null ? null : of(details.sdkHttpResponse());
  }

  /** Returns epoch milliseconds in whole seconds; null if the header is missing or not a date. */
  @Nullable Long of(@Nullable SdkHttpResponse response) {
    if (!trusted || response == null) {
      return null;
    }
    return response.firstMatchingHeader(DATE_HEADER).map(ServerDate::parse).orElse(null);
  }

  private static @Nullable Long parse(String date) {
    try {
      return DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from).toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      return null;
    }
  }
}
