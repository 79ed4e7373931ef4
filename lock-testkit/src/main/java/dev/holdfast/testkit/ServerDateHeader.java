package dev.holdfast.testkit;

import dev.holdfast.lock.TimeSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Adds the time of the service to its responses, as the HTTP header {@code Date}.
 *
 * @param timeSource the clock of the service, or null if its responses contain no time
 */
record ServerDateHeader(@Nullable TimeSource timeSource) {
  static final ServerDateHeader NONE = new ServerDateHeader(null);

  SdkHttpResponse response(int status) {
    SdkHttpResponse.Builder builder = SdkHttpResponse.builder().statusCode(status);
    if (timeSource != null) {
      builder.putHeader(
          "Date",
          DateTimeFormatter.RFC_1123_DATE_TIME.format(
              timeSource.wallTime().atOffset(ZoneOffset.UTC)));
    }
    return builder.build();
  }

  AwsServiceException withDate(AwsServiceException error) {
    if (timeSource == null) {
      return error;
    }
    AwsErrorDetails details =
        error.awsErrorDetails().toBuilder().sdkHttpResponse(response(error.statusCode())).build();
    AwsServiceException.Builder builder = error.toBuilder();
    builder.awsErrorDetails(details).writableStackTrace(false);
    return builder.build();
  }
}
