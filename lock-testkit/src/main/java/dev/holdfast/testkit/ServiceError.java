package dev.holdfast.testkit;

import java.util.Locale;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.ReplicatedWriteConflictException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ThrottlingException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/**
 * Error in the form of the DynamoDB service: HTTP status, qualified type and message. The simulated
 * table throws it, and the fault proxy sends it as JSON.
 *
 * @param status the HTTP status
 * @param type the qualified type, such as {@code com.amazon.coral.service#AccessDeniedException}
 * @param message the message of the service
 */
public record ServiceError(int status, String type, String message) {
  private static final String DYNAMODB = "com.amazonaws.dynamodb.v20120810#";
  private static final String SERVICE = "com.amazon.coral.service#";
  private static final String VALIDATION = "com.amazon.coral.validate#ValidationException";

  static DynamoDbException validation(String message) {
    return new ServiceError(400, VALIDATION, message).toException();
  }

  static DynamoDbException invalidCondition(String message) {
    return validation("Invalid ConditionExpression: " + message);
  }

  static ServiceError tableNotFound() {
    return new ServiceError(
        400, DYNAMODB + "ResourceNotFoundException", "Requested resource not found");
  }

  /**
   * Creates an internal error of the service, after which the write may or may not have been
   * applied.
   *
   * @return the error
   */
  public static ServiceError internal() {
    return new ServiceError(500, DYNAMODB + "InternalServerError", "Internal server error");
  }

  /**
   * Creates the error of an on-demand table that throttles requests.
   *
   * @return the error
   */
  public static ServiceError throttled() {
    return new ServiceError(
        400,
        DYNAMODB + "ThrottlingException",
        "Throughput exceeds the current capacity of your table or index. DynamoDB is automatically"
            + " scaling your table or index so please try again shortly. If exceptions persist,"
            + " check if you have a hot key.");
  }

  /**
   * Creates the error of a provisioned table or of a key whose throughput is exhausted.
   *
   * @return the error
   */
  public static ServiceError throughputExceeded() {
    return new ServiceError(
        400,
        DYNAMODB + "ProvisionedThroughputExceededException",
        "The level of configured provisioned throughput for the table was exceeded. Consider"
            + " increasing your provisioning level with the UpdateTable API.");
  }

  /**
   * Creates the error of a write whose item a transaction is changing.
   *
   * @return the error
   */
  public static ServiceError transactionConflict() {
    return new ServiceError(
        400, DYNAMODB + "TransactionConflictException", "Transaction is ongoing for the item");
  }

  /**
   * Creates the error of a write whose item another Region is changing.
   *
   * @return the error
   */
  public static ServiceError replicatedWriteConflict() {
    return new ServiceError(
        400,
        DYNAMODB + "ReplicatedWriteConflictException",
        "One or more items in this request are being modified by a request in another Region.");
  }

  /**
   * Creates the error of a caller whose policies do not allow the operation.
   *
   * @param operation the operation, such as {@code PutItem}
   * @param table the name of the table
   * @return the error
   */
  public static ServiceError accessDenied(String operation, String table) {
    return new ServiceError(
        400,
        SERVICE + "AccessDeniedException",
        String.format(
            Locale.ROOT,
            "User: arn:aws:sts::123456789012:assumed-role/orders/ship is not authorized to perform:"
                + " dynamodb:%s on resource: arn:aws:dynamodb:us-east-1:123456789012:table/%s"
                + " because no identity-based policy allows the dynamodb:%s action",
            operation,
            table,
            operation));
  }

  /**
   * Returns the error code as the SDK reports it.
   *
   * @return the short name of the type, such as {@code AccessDeniedException}
   */
  public String code() {
    return type.substring(type.indexOf('#') + 1);
  }

  /**
   * Returns the error as the SDK throws it.
   *
   * @return an exception of the class for the error code
   */
  public DynamoDbException toException() {
    return (DynamoDbException)
        exceptionBuilder()
            .awsErrorDetails(details(code(), message))
            .message(message)
            .statusCode(status)
            .requestId("simulated")
            .writableStackTrace(false)
            .build();
  }

  /** Returns a builder of the class for the code. An SDK that lacks it throws its general class. */
  private DynamoDbException.Builder exceptionBuilder() {
    try {
      return switch (code()) {
        case "ResourceNotFoundException" -> ResourceNotFoundException.builder();
        case "InternalServerError" -> InternalServerErrorException.builder();
        case "ThrottlingException" -> ThrottlingException.builder();
        case "TransactionConflictException" -> TransactionConflictException.builder();
        case "ReplicatedWriteConflictException" -> ReplicatedWriteConflictException.builder();
        case "ProvisionedThroughputExceededException" ->
            ProvisionedThroughputExceededException.builder();
        default -> DynamoDbException.builder();
      };
    } catch (NoClassDefFoundError olderSdk) {
      return DynamoDbException.builder();
    }
  }

  static AwsErrorDetails details(String code, String message) {
    return AwsErrorDetails.builder()
        .serviceName("DynamoDb")
        .errorCode(code)
        .errorMessage(message)
        .build();
  }
}
