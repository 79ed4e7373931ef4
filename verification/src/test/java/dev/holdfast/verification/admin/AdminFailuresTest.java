package dev.holdfast.verification.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.lock.LockAccessDeniedException;
import dev.holdfast.lock.LockTableException;
import dev.holdfast.lock.LockTableNotFoundException;
import dev.holdfast.lock.LockTableSchemaException;
import dev.holdfast.lock.LockTableUnreachableException;
import dev.holdfast.lock.LockThrottledException;
import dev.holdfast.lock.admin.DeleteMode;
import dev.holdfast.lock.admin.NewLockTable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** Errors that DynamoDB Local never returns; the scripted client returns them. */
class AdminFailuresTest extends AdminFixture {

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(
            ServiceErrors.create(400, "AccessDeniedException", "no"),
            LockAccessDeniedException.class,
            "no permission for dynamodb:Scan on table 'orders-locks': grant it"),
        Arguments.of(
            ServiceErrors.create(
                400, "AccessDeniedException", "bob is not authorized to perform: kms:Decrypt on"),
            LockAccessDeniedException.class,
            "no permission for kms:Decrypt on table 'orders-locks': grant it"),
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
            "no answer to dynamodb:Scan of table 'orders-locks' (server error, HTTP status 500):"
                + " try again later"),
        Arguments.of(
            SdkClientException.create("raw text", new ConnectException("raw")),
            LockTableUnreachableException.class,
            "(the connection is refused): check the endpoint"),
        Arguments.of(
            SdkClientException.create("raw text", new UnknownHostException("raw")),
            LockTableUnreachableException.class,
            "(the host name is unknown): check the endpoint"),
        Arguments.of(
            SdkClientException.create("raw text", new SSLException("raw")),
            LockTableUnreachableException.class,
            "(the TLS connection failed): check the endpoint"),
        Arguments.of(
            ApiCallTimeoutException.create(15_000),
            LockTableUnreachableException.class,
            "(it timed out, retries included): check the endpoint"),
        Arguments.of(
            SdkClientException.create("raw text", new IOException("credentials")),
            LockTableUnreachableException.class,
            "(the answer is missing, or cannot be read): check the endpoint"),
        Arguments.of(
            SdkClientException.create("Unable to load credentials from Chain@21b2e768"),
            LockAccessDeniedException.class,
            "the client found no AWS credentials, and sent no request: check the role"),
        Arguments.of(
            ServiceErrors.create(400, "ValidationException", "starting key is invalid"),
            LockTableSchemaException.class,
            "its partition key must be 'resource_id' of type String, without a sort key"),
        Arguments.of(
            DynamoDbException.builder().statusCode(404).message("raw text").build(),
            LockTableException.class,
            "the endpoint does not answer dynamodb:Scan as DynamoDB does: check the endpoint"),
        Arguments.of(
            ServiceErrors.create(400, "StrangeException", "the service's reason"),
            LockTableException.class,
            "dynamodb:Scan of table 'orders-locks' is refused (StrangeException): the service's"
                + " reason"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void serviceError_hasItsOwnExceptionAndMessage(
      RuntimeException failure, Class<? extends LockTableException> type, String message) {
    dynamoDb.failAlways("scan", failure);

    LockTableException thrown =
        catchThrowableOfType(LockTableException.class, () -> lockAdmin().listHeld().toList());

    assertThat(thrown).isExactlyInstanceOf(type).hasMessageContaining(message).hasCause(failure);
    assertThat(thrown.getMessage()).doesNotContain("taken effect", "raw", "@");
  }

  @Test
  void lostReply_isInDoubt_onlyForWrites() {
    RuntimeException lost = SdkClientException.create("lost", new IOException("reset"));
    for (String call : List.of("scan", "getItem", "listTables", "describeTable", "createTable")) {
      dynamoDb.failAlways(call, lost);
    }
    List<ThrowingCallable> reads =
        List.of(
            () -> lockAdmin().listHeld(),
            () -> lockAdmin().find(NAME),
            () -> lockTableAdmin().listTables(),
            () -> lockTableAdmin().describeTable(TABLE),
            () -> lockTableAdmin().deleteTable(TABLE, DeleteMode.IF_UNUSED));
    for (ThrowingCallable read : reads) {
      assertThat(catchThrowableOfType(LockTableUnreachableException.class, read))
          .hasMessageStartingWith("no answer to dynamodb:")
          .message()
          .doesNotContain("taken effect");
    }
    assertThat(
            catchThrowableOfType(
                LockTableUnreachableException.class,
                () -> lockTableAdmin().createTable(NewLockTable.of(TABLE))))
        .hasMessageContaining("which may or may not have taken effect");
  }

  @Test
  void tableWithAnotherKey_isASchemaError_evenIfEmpty() {
    server.createTable(TABLE, "id", ScalarAttributeType.S);
    List<ThrowingCallable> reads =
        List.of(() -> lockAdmin().listHeld(), () -> lockAdmin().find(NAME));
    for (ThrowingCallable read : reads) {
      assertThat(catchThrowableOfType(LockTableSchemaException.class, read))
          .hasMessage(
              "table 'orders-locks' has another key than lock rows need: its partition key must be"
                  + " 'resource_id' of type String, without a sort key; use the name of a lock"
                  + " table, or create one");
    }
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
