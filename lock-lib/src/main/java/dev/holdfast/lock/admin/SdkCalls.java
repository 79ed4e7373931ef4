package dev.holdfast.lock.admin;

import dev.holdfast.lock.LockAccessDeniedException;
import dev.holdfast.lock.LockContentionException;
import dev.holdfast.lock.LockTableException;
import dev.holdfast.lock.LockTableNotFoundException;
import dev.holdfast.lock.LockTableUnreachableException;
import dev.holdfast.lock.LockThrottledException;
import dev.holdfast.lock.admin.LockTableRefusedException.Reason;
import dev.holdfast.lock.internal.dynamodb.SdkErrorKind;
import java.time.Duration;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Runs calls of the SDK's client and converts their exceptions.
 *
 * @param subject the subject of the calls for the messages, such as {@code table 'locks'}
 */
record SdkCalls(String subject) {
  /** Bounds a call that hangs, since callers of the administration have bounds of their own. */
  static final AwsRequestOverrideConfiguration WITH_TIMEOUT =
      AwsRequestOverrideConfiguration.builder().apiCallTimeout(Duration.ofSeconds(15)).build();

  static SdkCalls forTable(String table) {
    return new SdkCalls("table '" + table + "'");
  }

  <T> T run(String action, Supplier<T> call) {
    try {
      return call.get();
    } catch (SdkException e) {
      throw error(action, e);
    }
  }

  private LockTableException error(String action, SdkException e) {
    return switch (SdkErrorKind.of(e)) {
      case INTERRUPTED -> {
        Thread.currentThread().interrupt();
        yield unreachableError(action, e);
      }
      case UNREACHABLE -> unreachableError(action, e);
      case THROTTLED ->
          new LockThrottledException(
              "dynamodb:" + action + " of " + subject + " is throttled: try again later", e);
      case CONTENTION ->
          new LockContentionException(
              "dynamodb:"
                  + action
                  + " of "
                  + subject
                  + " was not applied, because another request was changing the item: try again"
                  + " later",
              e);
      case LIMIT_EXCEEDED ->
          new LockThrottledException(
              "too many tables are being changed at once, or there are too many: try again"
                  + " later; the service says: "
                  + SdkErrorKind.message(e),
              e);
      case INVALID_CREDENTIALS ->
          new LockAccessDeniedException(
              "the credentials are not accepted ("
                  + SdkErrorKind.code(e)
                  + "): check them, and the Region",
              e);
      case ACCESS_DENIED -> deniedError(action, e);
      case TABLE_NOT_FOUND -> missingError(e);
      case TABLE_IN_USE -> inUseError(e);
      case INVALID_REQUEST, TAGGING_UNSUPPORTED, OTHER ->
          new LockTableException(
              subject + " refused dynamodb:" + action + ": " + SdkErrorKind.message(e), e);
    };
  }

  private LockTableException missingError(SdkException e) {
    return new LockTableNotFoundException(
        "there is no "
            + subject
            + " in the account and Region of the client: check the name, the Region and the"
            + " account, or create it",
        e);
  }

  private LockTableException deniedError(String action, SdkException e) {
    return new LockAccessDeniedException(
        "no permission for dynamodb:"
            + action
            + " on "
            + subject
            + ": grant it to the caller's role; the service says: "
            + SdkErrorKind.message(e),
        e);
  }

  private LockTableException inUseError(SdkException e) {
    return new LockTableRefusedException(
        Reason.NOT_READY,
        subject + " exists already, or is being changed: describe it, or try again later",
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
}
