package dev.holdfast.testkit;

import dev.holdfast.lock.TimeSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Puts the service's time into its answers, as HTTP does.
 *
 * @param server the service's clock; null where answers show no time
 */
record Dating(@Nullable TimeSource server) {
  static final Dating NONE = new Dating(null);

  SdkHttpResponse response(int status) {
    SdkHttpResponse.Builder response = SdkHttpResponse.builder().statusCode(status);
    if (server != null) {
      response.putHeader(
          "Date",
          DateTimeFormatter.RFC_1123_DATE_TIME.format(server.wall().atOffset(ZoneOffset.UTC)));
    }
    return response.build();
  }

  AwsServiceException dated(AwsServiceException error) {
    if (server == null) {
      return error;
    }
    AwsErrorDetails details =
        error.awsErrorDetails().toBuilder().sdkHttpResponse(response(error.statusCode())).build();
    AwsServiceException.Builder dated = error.toBuilder();
    dated.awsErrorDetails(details).writableStackTrace(false);
    return dated.build();
  }
}
