package dev.holdfast.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ThrottlingException;

/** Not part of {@code .ci/versions}, because older SDKs lack some of the classes. */
final class ServiceErrorTest {

  @Test
  void exception_hasClassOfItsCode() {
    assertThat(ServiceError.throttled().toException()).isInstanceOf(ThrottlingException.class);
    assertThat(ServiceError.throughputExceeded().toException())
        .isInstanceOf(ProvisionedThroughputExceededException.class);
    assertThat(ServiceError.internal().toException())
        .isInstanceOf(InternalServerErrorException.class);
    assertThat(ServiceError.tableNotFound().toException())
        .isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void codeWithoutClass_isGeneralException_withCode() {
    DynamoDbException denied = ServiceError.accessDenied("PutItem", "locks").toException();
    assertThat(denied).isExactlyInstanceOf(DynamoDbException.class);
    assertThat(denied.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException");
  }
}
