package dev.holdfast.lock.admin;

import dev.holdfast.lock.LockAccessDeniedException;
import dev.holdfast.lock.LockTableException;
import dev.holdfast.lock.LockTableNotFoundException;
import dev.holdfast.lock.LockTableUnreachableException;
import dev.holdfast.lock.LockThrottledException;
import dev.holdfast.lock.admin.LockTableRefusedException.Reason;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Makes calls of the SDK's client, and says of each failure what it means and what to do.
 *
 * @param subject what the calls are about, for the messages, such as {@code table 'locks'}
 */
record SdkCalls(String subject) {
  /** A call that hangs must not outlast the bounds of whoever waits for it. */
  static final AwsRequestOverrideConfiguration WITH_TIMEOUT =
      AwsRequestOverrideConfiguration.builder().apiCallTimeout(Duration.ofSeconds(15)).build();

  private static final int SERVER_ERROR = 500;
  private static final Set<String> INVALID_CREDENTIALS_CODES =
      Set.of(
          "UnrecognizedClientException",
          "InvalidSignatureException",
          "ExpiredTokenException",
          "IncompleteSignatureException",
          "MissingAuthenticationTokenException");

  static SdkCalls forTable(String table) {
    return new SdkCalls("table '" + table + "'");
  }

  <T> T run(String action, Supplier<T> call) {
    try {
      return call.get();
    } catch (AbortedException e) {
      Thread.currentThread().interrupt();
      throw unreachableError(action, e);
    } catch (AwsServiceException e) {
      throw e.statusCode() < SERVER_ERROR ? serviceError(action, e) : unreachableError(action, e);
    } catch (SdkException e) {
      throw unreachableError(action, e);
    }
  }

  private LockTableException serviceError(String action, AwsServiceException e) {
    if (e.isThrottlingException()) {
      return new LockThrottledException(
          "dynamodb:" + action + " of " + subject + " is throttled: try again later", e);
    }
    String code = errorCode(e);
    if (INVALID_CREDENTIALS_CODES.contains(code)) {
      return new LockAccessDeniedException(
          "the credentials are not accepted (" + code + "): check them, and the Region", e);
    }
    return switch (code) {
      case "ResourceNotFoundException" -> missingError(e);
      case "AccessDeniedException" -> deniedError(action, e);
      case "ResourceInUseException" -> inUseError(e);
      case "LimitExceededException" ->
          new LockThrottledException(
              "too many tables are being changed at once, or there are too many: try again"
                  + " later; the service says: "
                  + errorMessage(e),
              e);
      default ->
          new LockTableException(
              subject + " refused dynamodb:" + action + ": " + errorMessage(e), e);
    };
  }

  private LockTableException missingError(AwsServiceException e) {
    return new LockTableNotFoundException(
        "there is no "
            + subject
            + " where the client looked: check the name, the Region and the account, or create it",
        e);
  }

  private LockTableException deniedError(String action, AwsServiceException e) {
    return new LockAccessDeniedException(
        "no permission for dynamodb:"
            + action
            + " on "
            + subject
            + ": grant it to the caller's role; the service says: "
            + errorMessage(e),
        e);
  }

  private LockTableException inUseError(AwsServiceException e) {
    return new LockTableRefusedException(
        Reason.NOT_READY,
        subject + " is there, or is being changed: look at it, or try again later",
        e);
  }

  private LockTableException unreachableError(String action, SdkException e) {
    return new LockTableUnreachableException(
        "no answer to dynamodb:"
            + action
            + " of "
            + subject
            + ", it may or may not have taken effect: check the credentials, the network, the"
            + " endpoint and the Region of the client; the SDK says: "
            + e.getMessage(),
        e);
  }

  static String errorCode(AwsServiceException e) {
    boolean known = e.awsErrorDetails() != null && e.awsErrorDetails().errorCode() != null;
    return known ? e.awsErrorDetails().errorCode() : "";
  }

  static String errorMessage(AwsServiceException e) {
    boolean known = e.awsErrorDetails() != null && e.awsErrorDetails().errorMessage() != null;
    return known ? e.awsErrorDetails().errorMessage() : String.valueOf(e.getMessage());
  }
}
