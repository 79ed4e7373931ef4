package dev.holdfast.lock.internal.dynamodb;

import java.io.IOException;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Kind of an exception of the SDK. This is the only class that knows the error codes of DynamoDB.
 */
public enum SdkErrorKind {
  /** The calling thread was interrupted. */
  INTERRUPTED,
  /** There is no reply, or the reply is a server error. */
  UNREACHABLE,
  /** The service limits the rate. */
  THROTTLED,
  /** Another request was changing the item, so this one was not applied. */
  CONTENTION,
  /** Too many changes of tables run at once, or there are too many tables. */
  LIMIT_EXCEEDED,
  /** The table does not exist. */
  TABLE_NOT_FOUND,
  /** The table exists already, or another call changes it. */
  TABLE_IN_USE,
  /** The caller lacks a permission. */
  ACCESS_DENIED,
  /** The service does not accept the credentials. */
  INVALID_CREDENTIALS,
  /** The client found no credentials, and sent nothing. */
  MISSING_CREDENTIALS,
  /** The request does not fit the table, or it is malformed. */
  INVALID_REQUEST,
  /** The server does not support tags, as DynamoDB Local. */
  TAGGING_UNSUPPORTED,
  /** Any other error of the service. */
  OTHER;

  private static final int SERVER_ERROR = 500;
  private static final String NO_TAGGING = "Tagging is not currently supported";
  private static final Set<String> CONTENTION_CODES =
      Set.of("TransactionConflictException", "ReplicatedWriteConflictException");
  private static final Set<String> INVALID_CREDENTIALS_CODES =
      Set.of(
          "UnrecognizedClientException",
          "InvalidSignatureException",
          "ExpiredTokenException",
          "IncompleteSignatureException",
          "MissingAuthenticationTokenException");

  /**
   * Returns the kind of an exception.
   *
   * @param e an exception of the SDK
   * @return its kind
   */
  public static SdkErrorKind of(SdkException e) {
    if (e instanceof AbortedException) {
      return INTERRUPTED;
    }
    if (e instanceof AwsServiceException service) {
      return service.statusCode() < SERVER_ERROR ? of(service) : UNREACHABLE;
    }
    return isMissingCredentials(e) ? MISSING_CREDENTIALS : UNREACHABLE;
  }

  /** The SDK has no type for this failure. All its messages about it have this word. */
  private static boolean isMissingCredentials(SdkException e) {
    return !hasCause(e, IOException.class)
        && String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("credentials");
  }

  static boolean hasCause(Throwable e, Class<? extends Throwable> type) {
    return Stream.iterate(e, Objects::nonNull, Throwable::getCause).anyMatch(type::isInstance);
  }

  private static SdkErrorKind of(AwsServiceException e) {
    String code = code(e);
    if (CONTENTION_CODES.contains(code)) {
      return CONTENTION;
    }
    if (e.isThrottlingException()) {
      return THROTTLED;
    }
    if (INVALID_CREDENTIALS_CODES.contains(code)) {
      return INVALID_CREDENTIALS;
    }
    if (message(e).startsWith(NO_TAGGING)) {
      return TAGGING_UNSUPPORTED;
    }
    return switch (code) {
      case "LimitExceededException" -> LIMIT_EXCEEDED;
      case "ResourceNotFoundException" -> TABLE_NOT_FOUND;
      case "ResourceInUseException" -> TABLE_IN_USE;
      case "AccessDeniedException" -> ACCESS_DENIED;
      case "ValidationException" -> INVALID_REQUEST;
      case "UnknownOperationException" -> TAGGING_UNSUPPORTED;
      default -> OTHER;
    };
  }

  /**
   * Returns the error code that the service sent.
   *
   * @param e an exception of the SDK
   * @return the code; empty if there is none
   */
  public static String code(SdkException e) {
    AwsErrorDetails details = details(e);
    return details == null || details.errorCode() == null ? "" : details.errorCode();
  }

  /**
   * Returns the message of the service, or that of the SDK if the service sent none.
   *
   * @param e an exception of the SDK
   * @return the message
   */
  public static String message(SdkException e) {
    AwsErrorDetails details = details(e);
    return details == null || details.errorMessage() == null
        ? String.valueOf(e.getMessage())
        : details.errorMessage();
  }

  private static @Nullable AwsErrorDetails details(SdkException e) {
    return e instanceof AwsServiceException service ? service.awsErrorDetails() : null;
  }
}
