package dev.holdfast.lock.admin;

import dev.holdfast.lock.LockAccessDeniedException;
import dev.holdfast.lock.LockContentionException;
import dev.holdfast.lock.LockTableException;
import dev.holdfast.lock.LockTableNotFoundException;
import dev.holdfast.lock.LockTableUnreachableException;
import dev.holdfast.lock.LockThrottledException;
import dev.holdfast.lock.admin.LockTableRefusedException.Reason;
import dev.holdfast.lock.internal.dynamodb.CommonErrors;
import dev.holdfast.lock.internal.dynamodb.SdkErrorKind;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/**
 * Runs calls of the SDK's client and converts their exceptions.
 *
 * @param subject the subject of the calls for the messages, such as {@code table 'locks'}
 */
record SdkCalls(String subject) {
  /** Bounds a call that hangs, since callers of the administration have bounds of their own. */
  static final AwsRequestOverrideConfiguration WITH_TIMEOUT =
      AwsRequestOverrideConfiguration.builder().apiCallTimeout(Duration.ofSeconds(15)).build();

  private static final Pattern DENIED_ACTION =
      Pattern.compile("not authorized to perform: ([a-z0-9-]+:[A-Za-z]+)");

  static SdkCalls forTable(String table) {
    return new SdkCalls("table '" + table + "'");
  }

  /** Runs a call that changes nothing. */
  <T> T read(String action, Supplier<T> call) {
    return run(action, "", call);
  }

  /** Runs a call that may take effect although its reply is lost. */
  <T> T write(String action, Supplier<T> call) {
    return run(action, ", which may or may not have taken effect", call);
  }

  /**
   * Runs a read whose request contains the key of a row. DynamoDB rejects it only if the table has
   * another key, since the caller has checked the names of the table and of the lock.
   */
  <T> T readByKey(String action, String table, Supplier<T> call) {
    return read(
        action,
        () -> {
          try {
            return call.get();
          } catch (DynamoDbException e) {
            if (SdkErrorKind.of(e) == SdkErrorKind.INVALID_REQUEST) {
              throw CommonErrors.wrongKey(table, e);
            }
            throw e;
          }
        });
  }

  private <T> T run(String action, String doubt, Supplier<T> call) {
    try {
      return call.get();
    } catch (SdkException e) {
      throw error(action, doubt, e);
    }
  }

  private LockTableException error(String action, String doubt, SdkException e) {
    return switch (SdkErrorKind.of(e)) {
      case INTERRUPTED -> {
        Thread.currentThread().interrupt();
        yield unreachableError(action, doubt, "the thread was interrupted", e);
      }
      case UNREACHABLE -> unreachableError(action, doubt, CommonErrors.unreachableReason(e), e);
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
              "too many tables are being changed at once, or the account has too many tables: try"
                  + " again later, or ask AWS for a higher quota",
              e);
      case MISSING_CREDENTIALS -> CommonErrors.missingCredentials(e);
      case INVALID_CREDENTIALS ->
          new LockAccessDeniedException(
              "the credentials are not accepted ("
                  + SdkErrorKind.code(e)
                  + "): check them, and the Region",
              e);
      case ACCESS_DENIED -> deniedError(action, e);
      case TABLE_NOT_FOUND -> missingError(e);
      case TABLE_IN_USE -> inUseError(e);
      case INVALID_REQUEST, TAGGING_UNSUPPORTED, OTHER -> otherError(action, e);
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

  /** Names the permission that the service names, since it may be one for the table's KMS key. */
  private LockTableException deniedError(String action, SdkException e) {
    Matcher denied = DENIED_ACTION.matcher(SdkErrorKind.message(e));
    return new LockAccessDeniedException(
        "no permission for "
            + (denied.find() ? denied.group(1) : "dynamodb:" + action)
            + " on "
            + subject
            + ": grant it to the caller's role, or check which role the credentials belong to",
        e);
  }

  private LockTableException inUseError(SdkException e) {
    return new LockTableRefusedException(
        Reason.NOT_READY,
        subject + " exists already, or is being changed: describe it, or try again later",
        e);
  }

  private LockTableException otherError(String action, SdkException e) {
    String code = SdkErrorKind.code(e);
    return new LockTableException(
        code.isEmpty()
            ? "the endpoint does not answer dynamodb:"
                + action
                + " as DynamoDB does: check the endpoint of the client"
            : "dynamodb:"
                + action
                + " of "
                + subject
                + " is refused ("
                + code
                + "): "
                + SdkErrorKind.message(e),
        e);
  }

  private LockTableException unreachableError(
      String action, String doubt, String reason, SdkException e) {
    return new LockTableUnreachableException(
        "no answer to dynamodb:"
            + action
            + " of "
            + subject
            + doubt
            + " ("
            + reason
            + "): "
            + (e instanceof AwsServiceException
                ? "try again later"
                : "check the endpoint and the Region of the client, and the network"),
        e);
  }
}
