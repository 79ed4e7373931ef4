package dev.holdfast.lock.internal.dynamodb;

import dev.holdfast.lock.LockAccessDeniedException;
import dev.holdfast.lock.LockRowTooLargeException;
import dev.holdfast.lock.LockTableException;
import dev.holdfast.lock.LockTableNotFoundException;
import dev.holdfast.lock.LockTableSchemaException;
import dev.holdfast.lock.LockTableUnreachableException;
import dev.holdfast.lock.LockThrottledException;
import dev.holdfast.lock.dynamodb.TableSchema;
import dev.holdfast.lock.internal.protocol.Reply;
import dev.holdfast.lock.internal.protocol.Reply.FailureKind;
import dev.holdfast.lock.internal.protocol.Write;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Objects;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The SDK's exceptions as failures of the protocol: what may be done about it, whether the write
 * may have taken effect, and an error that says what to do.
 *
 * @param table name or ARN, for the messages
 */
record SdkErrors(String table) {
  private static final int SERVER_ERROR = 500;
  private static final Set<String> ACCESS_DENIED_CODES =
      Set.of(
          "AccessDeniedException",
          "UnrecognizedClientException",
          "InvalidSignatureException",
          "ExpiredTokenException",
          "IncompleteSignatureException",
          "MissingAuthenticationTokenException");

  Reply.Failed toFailure(Write write, SdkException e) {
    if (e instanceof AbortedException) {
      Thread.currentThread().interrupt();
      return new Reply.Failed(FailureKind.INTERRUPTED, true, unreachableError(e));
    }
    if (e instanceof AwsServiceException service && service.statusCode() < SERVER_ERROR) {
      return serviceFailure(write, service);
    }
    return new Reply.Failed(FailureKind.NO_REPLY, !wasNeverConnected(e), unreachableError(e));
  }

  /** The service said no. If the SDK had sent it before, that earlier copy may have applied. */
  private Reply.Failed serviceFailure(Write write, AwsServiceException e) {
    boolean sentBefore = e.numAttempts() == null || e.numAttempts() > 1;
    if (isThrottled(e)) {
      return new Reply.Failed(FailureKind.THROTTLED, sentBefore, throttledError(e));
    }
    return new Reply.Failed(FailureKind.PERMANENT, sentBefore, permanentError(write, e));
  }

  private static boolean isThrottled(AwsServiceException e) {
    return e.isThrottlingException() || "TransactionConflictException".equals(errorCode(e));
  }

  private static String errorCode(AwsServiceException e) {
    boolean known = e.awsErrorDetails() != null && e.awsErrorDetails().errorCode() != null;
    return known ? e.awsErrorDetails().errorCode() : "";
  }

  private static boolean wasNeverConnected(SdkException e) {
    boolean sentOnce = Objects.equals(e.numAttempts(), 1);
    for (Throwable t = e; t != null && sentOnce; t = t.getCause()) {
      if (t instanceof ConnectException || t instanceof UnknownHostException) {
        return true;
      }
    }
    return false;
  }

  private RuntimeException permanentError(Write write, AwsServiceException e) {
    String code = errorCode(e);
    if (code.equals("ResourceNotFoundException")) {
      return new LockTableNotFoundException(
          "there is no table '"
              + table
              + "' where the client looked: create it, or check the"
              + " table's name, the Region and the account of the client",
          e);
    }
    if (ACCESS_DENIED_CODES.contains(code)) {
      return new LockAccessDeniedException(
          "no permission for "
              + action(write)
              + " on table '"
              + table
              + "' ("
              + code
              + "): grant"
              + " dynamodb:PutItem and dynamodb:DeleteItem on it to the caller's role, or check"
              + " its credentials; the service says: "
              + errorMessage(e),
          e);
    }
    return code.equals("ValidationException") ? validationError(e) : otherError(e);
  }

  private static String action(Write write) {
    return write instanceof Write.Delete ? "dynamodb:DeleteItem" : "dynamodb:PutItem";
  }

  private RuntimeException validationError(AwsServiceException e) {
    String message = errorMessage(e);
    if (message.contains("Item size")) {
      return new LockRowTooLargeException(
          "the row would be larger than the 400 KB that DynamoDB allows: shorten the event's id;"
              + " the service says: "
              + message,
          e);
    }
    boolean key = message.contains("key") || message.contains("Key");
    return key ? schemaError(e) : otherError(e);
  }

  private RuntimeException schemaError(AwsServiceException e) {
    return new LockTableSchemaException(
        "table '"
            + table
            + "' has another key than lock rows need: its partition key must be '"
            + TableSchema.KEY
            + "' of type String, without a sort key; the service says: "
            + errorMessage(e),
        e);
  }

  private RuntimeException otherError(AwsServiceException e) {
    return new LockTableException("table '" + table + "' refused the write: " + errorMessage(e), e);
  }

  private RuntimeException throttledError(AwsServiceException e) {
    return new LockThrottledException(
        "table '"
            + table
            + "' limits the rate of writes ("
            + errorCode(e)
            + "): wait longer, use"
            + " on-demand capacity, or spread the load over more keys (one key takes 1,000 write"
            + " units a second)",
        e);
  }

  private RuntimeException unreachableError(SdkException e) {
    return new LockTableUnreachableException(
        "no answer from table '"
            + table
            + "': check the network, the endpoint and the Region of"
            + " the client, and the service's health; the SDK says: "
            + e.getMessage(),
        e);
  }

  private static String errorMessage(AwsServiceException e) {
    boolean known = e.awsErrorDetails() != null && e.awsErrorDetails().errorMessage() != null;
    return known ? e.awsErrorDetails().errorMessage() : String.valueOf(e.getMessage());
  }
}
