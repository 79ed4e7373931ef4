package dev.holdfast.verification.admin;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/** Errors of DynamoDB. */
final class ServiceErrors {
  private ServiceErrors() {}

  static RuntimeException create(int status, String code, String message) {
    return build(DynamoDbException.builder(), status, code, message);
  }

  static RuntimeException inUse() {
    return build(ResourceInUseException.builder(), 400, "ResourceInUseException", "in use");
  }

  static RuntimeException notFound() {
    return build(
        ResourceNotFoundException.builder(), 400, "ResourceNotFoundException", "not found");
  }

  private static RuntimeException build(
      AwsServiceException.Builder builder, int status, String code, String message) {
    return builder
        .statusCode(status)
        .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).errorMessage(message).build())
        .build();
  }
}
