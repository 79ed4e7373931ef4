package dev.holdfast.lock.dynamodb.admin;

import dev.holdfast.lock.LockAccessDeniedException;
import dev.holdfast.lock.LockTableException;
import dev.holdfast.lock.LockTableMissingException;
import dev.holdfast.lock.LockTableUnreachableException;
import dev.holdfast.lock.LockThrottledException;
import dev.holdfast.lock.dynamodb.admin.LockTableRefusedException.Reason;
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
record Calls(String subject) {
  /** A call that hangs must not outlast the bounds of whoever waits for it. */
  static final AwsRequestOverrideConfiguration BOUNDED =
      AwsRequestOverrideConfiguration.builder().apiCallTimeout(Duration.ofSeconds(15)).build();

  private static final int SERVER_ERROR = 500;
  private static final Set<String> NO_CREDENTIALS =
      Set.of(
          "UnrecognizedClientException",
          "InvalidSignatureException",
          "ExpiredTokenException",
          "IncompleteSignatureException",
          "MissingAuthenticationTokenException");

  static Calls about(String table) {
    return new Calls("table '" + table + "'");
  }

  <T> T run(String action, Supplier<T> call) {
    try {
      return call.get();
    } catch (AbortedException e) {
      Thread.currentThread().interrupt();
      throw unreachable(action, e);
    } catch (AwsServiceException e) {
      throw e.statusCode() < SERVER_ERROR ? refused(action, e) : unreachable(action, e);
    } catch (SdkException e) {
      throw unreachable(action, e);
    }
  }

  private LockTableException refused(String action, AwsServiceException e) {
    if (e.isThrottlingException()) {
      return new LockThrottledException(
          "dynamodb:" + action + " of " + subject + " is throttled: try again later", e);
    }
    String code = code(e);
    if (NO_CREDENTIALS.contains(code)) {
      return new LockAccessDeniedException(
          "the credentials are not accepted (" + code + "): check them, and the Region", e);
    }
    return switch (code) {
      case "ResourceNotFoundException" -> missing(e);
      case "AccessDeniedException" -> denied(action, e);
      case "ResourceInUseException" -> busy(e);
      case "LimitExceededException" ->
          new LockThrottledException(
              "too many tables are being changed at once, or there are too many: try again"
                  + " later; the service says: "
                  + message(e),
              e);
      default ->
          new LockTableException(subject + " refused dynamodb:" + action + ": " + message(e), e);
    };
  }

  private LockTableException missing(AwsServiceException e) {
    return new LockTableMissingException(
        "there is no "
            + subject
            + " where the client looked: check the name, the Region and the account, or create it",
        e);
  }

  private LockTableException denied(String action, AwsServiceException e) {
    return new LockAccessDeniedException(
        "no permission for dynamodb:"
            + action
            + " on "
            + subject
            + ": grant it to the caller's role; the service says: "
            + message(e),
        e);
  }

  private LockTableException busy(AwsServiceException e) {
    return new LockTableRefusedException(
        Reason.NOT_READY,
        subject + " is there, or is being changed: look at it, or try again later",
        e);
  }

  private LockTableException unreachable(String action, SdkException e) {
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

  static String code(AwsServiceException e) {
    boolean known = e.awsErrorDetails() != null && e.awsErrorDetails().errorCode() != null;
    return known ? e.awsErrorDetails().errorCode() : "";
  }

  static String message(AwsServiceException e) {
    boolean known = e.awsErrorDetails() != null && e.awsErrorDetails().errorMessage() != null;
    return known ? e.awsErrorDetails().errorMessage() : String.valueOf(e.getMessage());
  }
}
