package dev.holdfast.verification.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.lock.LockAccessDeniedException;
import dev.holdfast.lock.LockTableException;
import dev.holdfast.lock.LockTableNotFoundException;
import dev.holdfast.lock.LockTableUnreachableException;
import dev.holdfast.lock.LockThrottledException;
import dev.holdfast.lock.admin.NewLockTable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Errors that DynamoDB Local never returns; the scripted client returns them. */
class AdminFailuresTest extends AdminFixture {

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(
            ServiceErrors.create(400, "AccessDeniedException", "not authorized"),
            LockAccessDeniedException.class,
            "no permission for dynamodb:Scan on table 'orders-locks'"),
        Arguments.of(
            ServiceErrors.create(400, "ExpiredTokenException", "expired"),
            LockAccessDeniedException.class,
            "credentials are not accepted (ExpiredTokenException)"),
        Arguments.of(
            ServiceErrors.create(400, "ThrottlingException", "slow down"),
            LockThrottledException.class,
            "throttled: try again later"),
        Arguments.of(
            ServiceErrors.create(400, "LimitExceededException", "10 at a time"),
            LockThrottledException.class,
            "too many tables are being changed"),
        Arguments.of(
            ServiceErrors.notFound(), LockTableNotFoundException.class, "there is no table"),
        Arguments.of(
            ServiceErrors.create(500, "InternalServerError", "oops"),
            LockTableUnreachableException.class,
            "no answer to dynamodb:Scan"),
        Arguments.of(
            SdkClientException.create("connection refused"),
            LockTableUnreachableException.class,
            "the SDK says: connection refused"),
        Arguments.of(
            ServiceErrors.create(400, "ValidationException", "filter is wrong"),
            LockTableException.class,
            "refused dynamodb:Scan: filter is wrong"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void serviceError_hasItsOwnExceptionAndMessage(
      RuntimeException failure, Class<? extends LockTableException> type, String message) {
    dynamoDb.failAlways("scan", failure);

    LockTableException thrown =
        catchThrowableOfType(LockTableException.class, () -> lockAdmin().listHeld().toList());

    assertThat(thrown).isExactlyInstanceOf(type).hasMessageContaining(message).hasCause(failure);
  }

  @Test
  void list_withoutTagPermission_namesMissingPermission() {
    server.createLockTable(TABLE);
    dynamoDb.failAlways(
        "listTagsOfResource", ServiceErrors.create(400, "AccessDeniedException", "no"));

    assertThat(catchThrowableOfType(LockTableException.class, () -> lockTableAdmin().listTables()))
        .hasMessageContaining("no permission for dynamodb:ListTagsOfResource");
  }

  @Test
  void interruptedCall_interruptsCreate() {
    dynamoDb.failAlways("createTable", AbortedException.create("interrupted"));

    assertThat(
            catchThrowableOfType(
                InterruptedException.class,
                () -> lockTableAdmin().createTable(NewLockTable.of(TABLE))))
        .hasMessageContaining(TABLE);
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void interruptedCall_ofUninterruptibleMethod_restoresInterruptFlag() {
    dynamoDb.failAlways("getItem", AbortedException.create("interrupted"));

    assertThat(catchThrowableOfType(LockTableException.class, () -> lockAdmin().find(NAME)))
        .isInstanceOf(LockTableUnreachableException.class);
    assertThat(Thread.interrupted()).isTrue();
  }
}
