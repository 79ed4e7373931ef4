package dev.holdfast.lock.internal.dynamodb;

import dev.holdfast.lock.LockAccessDeniedException;
import dev.holdfast.lock.LockTableSchemaException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Exceptions that locking and administration have in common. It is public for the administration's
 * package and not part of the API.
 */
public final class CommonErrors {
  private CommonErrors() {}

  /**
   * Creates the error of a table with another key than lock tables.
   *
   * @param table name or ARN of the table
   * @param cause the SDK's exception
   * @return the error
   */
  public static LockTableSchemaException wrongKey(String table, SdkException cause) {
    return new LockTableSchemaException(
        "table '"
            + table
            + "' has another key than lock rows need: its partition key must be '"
            + RowAttribute.RESOURCE_ID.attributeName()
            + "' of type String, without a sort key; use the name of a lock table, or create one",
        cause);
  }

  /**
   * Creates the error of a client without credentials.
   *
   * @param cause the SDK's exception
   * @return the error
   */
  public static LockAccessDeniedException missingCredentials(SdkException cause) {
    return new LockAccessDeniedException(
        "the client found no AWS credentials, and sent no request: check the role, the environment"
            + " variables and the profile that should provide them",
        cause);
  }

  /**
   * Returns the reason why a request has no answer, in a few words.
   *
   * @param e an exception of the SDK
   * @return the reason
   */
  public static String unreachableReason(SdkException e) {
    if (e instanceof AwsServiceException service) {
      return "server error, HTTP status " + service.statusCode();
    }
    if (SdkErrorKind.hasCause(e, UnknownHostException.class)) {
      return "the host name is unknown";
    }
    if (SdkErrorKind.hasCause(e, ConnectException.class)) {
      return "the connection is refused";
    }
    if (SdkErrorKind.hasCause(e, SSLException.class)) {
      return "the TLS connection failed";
    }
    return isTimeout(e)
        ? "it timed out, retries included"
        : "the answer is missing, or cannot be read";
  }

  private static boolean isTimeout(SdkException e) {
    return e instanceof ApiCallTimeoutException
        || e instanceof ApiCallAttemptTimeoutException
        || SdkErrorKind.hasCause(e, SocketTimeoutException.class);
  }
}
