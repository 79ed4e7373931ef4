package dev.holdfast.testkit.admin;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/** Errors as DynamoDB answers them. */
final class ServiceErrors {
  private ServiceErrors() {}

  static RuntimeException of(int status, String code, String message) {
    return filled(DynamoDbException.builder(), status, code, message);
  }

  static RuntimeException inUse() {
    return filled(ResourceInUseException.builder(), 400, "ResourceInUseException", "in use");
  }

  static RuntimeException missing() {
    return filled(
        ResourceNotFoundException.builder(), 400, "ResourceNotFoundException", "not found");
  }

  private static RuntimeException filled(
      AwsServiceException.Builder builder, int status, String code, String message) {
    return builder
        .statusCode(status)
        .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).errorMessage(message).build())
        .build();
  }
}
