package dev.holdfast.testkit;

import java.time.Duration;
import java.util.Locale;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/** Creates the SDK's timeout exceptions without a stack trace. */
final class TimeoutErrors {
  private TimeoutErrors() {}

  static SdkException attemptTimeout(Duration timeout) {
    return ApiCallAttemptTimeoutException.builder()
        .message(
            String.format(
                Locale.ROOT,
                "HTTP request execution did not complete before the specified timeout"
                    + " configuration: %s millis",
                timeout.toMillis()))
        .writableStackTrace(false)
        .build();
  }

  static SdkException callTimeout(Duration timeout) {
    return ApiCallTimeoutException.builder()
        .message(
            String.format(
                Locale.ROOT,
                "Client execution did not complete before the specified timeout configuration:"
                    + " %s millis",
                timeout.toMillis()))
        .writableStackTrace(false)
        .build();
  }
}
