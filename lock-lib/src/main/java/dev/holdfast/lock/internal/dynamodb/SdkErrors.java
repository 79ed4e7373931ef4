package dev.holdfast.lock.internal.dynamodb;

import dev.holdfast.lock.LockAccessDeniedException;
import dev.holdfast.lock.LockContentionException;
import dev.holdfast.lock.LockRowTooLargeException;
import dev.holdfast.lock.LockTableException;
import dev.holdfast.lock.LockTableNotFoundException;
import dev.holdfast.lock.LockTableUnreachableException;
import dev.holdfast.lock.LockThrottledException;
import dev.holdfast.lock.internal.protocol.Reply;
import dev.holdfast.lock.internal.protocol.Reply.FailureKind;
import dev.holdfast.lock.internal.protocol.Write;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Objects;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Converts exceptions of the SDK to failures of the protocol: the kind of failure, whether the
 * write may have applied, and an exception for the caller.
 *
 * @param table name or ARN of the lock table, for the messages
 */
record SdkErrors(String table) {

  Reply.Failed toFailure(Write write, SdkException e, AttemptMetrics attempts) {
    boolean mayHaveApplied = mayHaveApplied(e, attempts);
    return switch (SdkErrorKind.of(e)) {
      case INTERRUPTED -> interruptedFailure(e);
      case UNREACHABLE -> noReply(e, attempts);
      case THROTTLED -> new Reply.Failed(FailureKind.THROTTLED, mayHaveApplied, throttledError(e));
      case CONTENTION ->
          new Reply.Failed(FailureKind.CONTENTION, mayHaveApplied, contentionError(e));
      case TABLE_NOT_FOUND -> permanentFailure(mayHaveApplied, notFoundError(e));
      case MISSING_CREDENTIALS ->
          new Reply.Failed(
              FailureKind.NO_REPLY, mayHaveApplied, CommonErrors.missingCredentials(e));
      case ACCESS_DENIED, INVALID_CREDENTIALS ->
          permanentFailure(mayHaveApplied, accessDeniedError(write, e));
      case INVALID_REQUEST -> permanentFailure(mayHaveApplied, invalidRequestError(e));
      case LIMIT_EXCEEDED, TABLE_IN_USE, TAGGING_UNSUPPORTED, OTHER ->
          permanentFailure(mayHaveApplied, otherError(e));
    };
  }

  /** An endpoint that does not show the rejecting row cannot be used for locks. */
  Reply.Failed missingRow(SdkException e, AttemptMetrics attempts) {
    return permanentFailure(
        attempts.maybeResent(),
        new LockTableException(
            "the endpoint of table '"
                + table
                + "' does not return the row that rejects a write, so nobody can see who holds the"
                + " lock: use DynamoDB itself, not DAX, a cache or an emulator without"
                + " ReturnValuesOnConditionCheckFailure",
            e));
  }

  /**
   * Returns the failure without a final reply. If the SDK gave up between two attempts, and the
   * service had refused each of them, the refusal is the reply.
   */
  private Reply.Failed noReply(SdkException e, AttemptMetrics attempts) {
    if (!attempts.wasEachAttemptRefused()) {
      return new Reply.Failed(FailureKind.NO_REPLY, !wasNeverConnected(e), unreachableError(e));
    }
    return attempts.wasThrottled()
        ? new Reply.Failed(FailureKind.THROTTLED, false, throttledError(e))
        : new Reply.Failed(FailureKind.CONTENTION, false, contentionError(e));
  }

  private Reply.Failed interruptedFailure(SdkException e) {
    Thread.currentThread().interrupt();
    return new Reply.Failed(FailureKind.INTERRUPTED, true, unreachableError(e));
  }

  private static Reply.Failed permanentFailure(boolean mayHaveApplied, RuntimeException error) {
    return new Reply.Failed(FailureKind.PERMANENT, mayHaveApplied, error);
  }

  /** An earlier copy of a refused request may have applied, unless it was refused as well. */
  private static boolean mayHaveApplied(SdkException e, AttemptMetrics attempts) {
    return !wasSentOnce(e) && !attempts.wasEachAttemptRefused();
  }

  private static boolean wasNeverConnected(SdkException e) {
    return wasSentOnce(e)
        && (SdkErrorKind.hasCause(e, ConnectException.class)
            || SdkErrorKind.hasCause(e, UnknownHostException.class));
  }

  private static boolean wasSentOnce(SdkException e) {
    return Objects.equals(e.numAttempts(), 1);
  }

  private RuntimeException notFoundError(SdkException e) {
    return new LockTableNotFoundException(
        "there is no table '"
            + table
            + "' in the account and Region of the client: create it, or check the"
            + " table's name, the Region and the account of the client",
        e);
  }

  private RuntimeException accessDeniedError(Write write, SdkException e) {
    return new LockAccessDeniedException(
        "no permission for "
            + action(write)
            + " on table '"
            + table
            + "' ("
            + SdkErrorKind.code(e)
            + "): grant"
            + " dynamodb:PutItem and dynamodb:DeleteItem on it to the caller's role, or check"
            + " its credentials; the service says: "
            + SdkErrorKind.message(e),
        e);
  }

  private static String action(Write write) {
    return write instanceof Write.Delete ? "dynamodb:DeleteItem" : "dynamodb:PutItem";
  }

  private RuntimeException invalidRequestError(SdkException e) {
    String message = SdkErrorKind.message(e);
    if (message.contains("Item size")) {
      return new LockRowTooLargeException(
          "the row would be larger than the 400 KB that DynamoDB allows: shorten the event's id;"
              + " the service says: "
              + message,
          e);
    }
    boolean key = message.contains("key") || message.contains("Key");
    return key ? CommonErrors.wrongKey(table, e) : otherError(e);
  }

  private RuntimeException otherError(SdkException e) {
    return new LockTableException(
        "table '" + table + "' refused the write: " + SdkErrorKind.message(e), e);
  }

  private RuntimeException throttledError(SdkException e) {
    return new LockThrottledException(
        "table '"
            + table
            + "' limits the rate of writes ("
            + reason(e)
            + "): wait longer, use"
            + " on-demand capacity, or spread the load over more keys (one key takes 1,000 write"
            + " units a second)",
        e);
  }

  private RuntimeException contentionError(SdkException e) {
    return new LockContentionException(
        "table '"
            + table
            + "' did not apply the write, because another request was changing the same row ("
            + reason(e)
            + "): wait longer or try again; avoid transactions on lock rows, and locking one key"
            + " from several Regions at once",
        e);
  }

  /** Returns the error code, or the SDK's message if the SDK gave up. */
  private static String reason(SdkException e) {
    String code = SdkErrorKind.code(e);
    return code.isEmpty() ? String.valueOf(e.getMessage()) : code;
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
}
