package dev.holdfast.testkit.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.lock.LockAccessDeniedException;
import dev.holdfast.lock.LockTableException;
import dev.holdfast.lock.LockTableMissingException;
import dev.holdfast.lock.LockTableUnreachableException;
import dev.holdfast.lock.LockThrottledException;
import dev.holdfast.lock.dynamodb.admin.NewLockTable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** What DynamoDB Local never answers is played by the client in front of it. */
class AdminFailuresTest extends AdminTest {

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(
            ServiceErrors.of(400, "AccessDeniedException", "not authorized"),
            LockAccessDeniedException.class,
            "no permission for dynamodb:Scan on table 'orders-locks'"),
        Arguments.of(
            ServiceErrors.of(400, "ExpiredTokenException", "expired"),
            LockAccessDeniedException.class,
            "credentials are not accepted (ExpiredTokenException)"),
        Arguments.of(
            ServiceErrors.of(400, "ThrottlingException", "slow down"),
            LockThrottledException.class,
            "throttled: try again later"),
        Arguments.of(
            ServiceErrors.of(400, "LimitExceededException", "10 at a time"),
            LockThrottledException.class,
            "too many tables are being changed"),
        Arguments.of(ServiceErrors.missing(), LockTableMissingException.class, "there is no table"),
        Arguments.of(
            ServiceErrors.of(500, "InternalServerError", "oops"),
            LockTableUnreachableException.class,
            "no answer to dynamodb:Scan"),
        Arguments.of(
            SdkClientException.create("connection refused"),
            LockTableUnreachableException.class,
            "the SDK says: connection refused"),
        Arguments.of(
            ServiceErrors.of(400, "ValidationException", "filter is wrong"),
            LockTableException.class,
            "refused dynamodb:Scan: filter is wrong"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void eachFailure_hasItsOwnMessage(
      RuntimeException failure, Class<? extends LockTableException> type, String message) {
    dynamoDb.fails("scan", failure);

    LockTableException thrown =
        catchThrowableOfType(LockTableException.class, () -> stored().held().toList());

    assertThat(thrown).isExactlyInstanceOf(type).hasMessageContaining(message).hasCause(failure);
  }

  @Test
  void listing_thatMayNotSeeTags_saysWhichPermissionIsMissing() {
    server().createLockTable(TABLE);
    dynamoDb.fails("listTagsOfResource", ServiceErrors.of(400, "AccessDeniedException", "no"));

    assertThat(catchThrowableOfType(LockTableException.class, () -> tables().list()))
        .hasMessageContaining("no permission for dynamodb:ListTagsOfResource");
  }

  @Test
  void callThatIsInterrupted_interruptsTheCreation() {
    dynamoDb.fails("createTable", AbortedException.create("interrupted"));

    assertThat(
            catchThrowableOfType(
                InterruptedException.class, () -> tables().create(NewLockTable.named(TABLE))))
        .hasMessageContaining(TABLE);
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void callThatIsInterrupted_keepsTheInterrupt_whereItCannotBeThrown() {
    dynamoDb.fails("getItem", AbortedException.create("interrupted"));

    assertThat(catchThrowableOfType(LockTableException.class, () -> stored().find(NAME)))
        .isInstanceOf(LockTableUnreachableException.class);
    assertThat(Thread.interrupted()).isTrue();
  }
}
