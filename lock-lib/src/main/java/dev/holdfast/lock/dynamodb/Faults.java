package dev.holdfast.lock.dynamodb;

import dev.holdfast.lock.LockAccessDeniedException;
import dev.holdfast.lock.LockRowTooLargeException;
import dev.holdfast.lock.LockTableException;
import dev.holdfast.lock.LockTableMissingException;
import dev.holdfast.lock.LockTableSchemaException;
import dev.holdfast.lock.LockTableUnreachableException;
import dev.holdfast.lock.LockThrottledException;
import dev.holdfast.lock.protocol.Reply;
import dev.holdfast.lock.protocol.Reply.Fault;
import dev.holdfast.lock.protocol.Write;
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
record Faults(String table) {
  private static final int SERVER_ERROR = 500;
  private static final Set<String> DENIED =
      Set.of(
          "AccessDeniedException",
          "UnrecognizedClientException",
          "InvalidSignatureException",
          "ExpiredTokenException",
          "IncompleteSignatureException",
          "MissingAuthenticationTokenException");

  Reply.Failed failed(Write write, SdkException e) {
    if (e instanceof AbortedException) {
      Thread.currentThread().interrupt();
      return new Reply.Failed(Fault.INTERRUPTED, true, unreachable(e));
    }
    if (e instanceof AwsServiceException service && service.statusCode() < SERVER_ERROR) {
      return refused(write, service);
    }
    return new Reply.Failed(Fault.NO_ANSWER, !neverConnected(e), unreachable(e));
  }

  /** The service said no. If the SDK had sent it before, that earlier copy may have applied. */
  private Reply.Failed refused(Write write, AwsServiceException e) {
    boolean sentBefore = e.numAttempts() == null || e.numAttempts() > 1;
    if (isRateLimit(e)) {
      return new Reply.Failed(Fault.THROTTLED, sentBefore, throttled(e));
    }
    return new Reply.Failed(Fault.PERMANENT, sentBefore, permanent(write, e));
  }

  private static boolean isRateLimit(AwsServiceException e) {
    return e.isThrottlingException() || "TransactionConflictException".equals(code(e));
  }

  private static String code(AwsServiceException e) {
    boolean known = e.awsErrorDetails() != null && e.awsErrorDetails().errorCode() != null;
    return known ? e.awsErrorDetails().errorCode() : "";
  }

  private static boolean neverConnected(SdkException e) {
    boolean sentOnce = Objects.equals(e.numAttempts(), 1);
    for (Throwable t = e; t != null && sentOnce; t = t.getCause()) {
      if (t instanceof ConnectException || t instanceof UnknownHostException) {
        return true;
      }
    }
    return false;
  }

  private RuntimeException permanent(Write write, AwsServiceException e) {
    String code = code(e);
    if (code.equals("ResourceNotFoundException")) {
      return new LockTableMissingException(
          "there is no table '"
              + table
              + "' where the client looked: create it, or check the"
              + " table's name, the Region and the account of the client",
          e);
    }
    if (DENIED.contains(code)) {
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
              + message(e),
          e);
    }
    return code.equals("ValidationException") ? invalid(e) : other(e);
  }

  private static String action(Write write) {
    return write instanceof Write.Forget ? "dynamodb:DeleteItem" : "dynamodb:PutItem";
  }

  private RuntimeException invalid(AwsServiceException e) {
    String message = message(e);
    if (message.contains("Item size")) {
      return new LockRowTooLargeException(
          "the row would be larger than the 400 KB that DynamoDB allows: shorten the event's id;"
              + " the service says: "
              + message,
          e);
    }
    boolean key = message.contains("key") || message.contains("Key");
    return key ? wrongKey(e) : other(e);
  }

  private RuntimeException wrongKey(AwsServiceException e) {
    return new LockTableSchemaException(
        "table '"
            + table
            + "' has another key than lock rows need: its partition key must be '"
            + TableSchema.KEY
            + "' of type String, without a sort key; the service says: "
            + message(e),
        e);
  }

  private RuntimeException other(AwsServiceException e) {
    return new LockTableException("table '" + table + "' refused the write: " + message(e), e);
  }

  private RuntimeException throttled(AwsServiceException e) {
    return new LockThrottledException(
        "table '"
            + table
            + "' limits the rate of writes ("
            + code(e)
            + "): wait longer, use"
            + " on-demand capacity, or spread the load over more keys (one key takes 1,000 write"
            + " units a second)",
        e);
  }

  private RuntimeException unreachable(SdkException e) {
    return new LockTableUnreachableException(
        "no answer from table '"
            + table
            + "': check the network, the endpoint and the Region of"
            + " the client, and the service's health; the SDK says: "
            + e.getMessage(),
        e);
  }

  private static String message(AwsServiceException e) {
    boolean known = e.awsErrorDetails() != null && e.awsErrorDetails().errorMessage() != null;
    return known ? e.awsErrorDetails().errorMessage() : String.valueOf(e.getMessage());
  }
}
