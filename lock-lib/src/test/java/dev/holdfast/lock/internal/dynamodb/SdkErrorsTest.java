package dev.holdfast.lock.internal.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lock.LockAccessDeniedException;
import dev.holdfast.lock.LockContentionException;
import dev.holdfast.lock.LockException;
import dev.holdfast.lock.LockRowTooLargeException;
import dev.holdfast.lock.LockTableException;
import dev.holdfast.lock.LockTableNotFoundException;
import dev.holdfast.lock.LockTableSchemaException;
import dev.holdfast.lock.LockTableUnreachableException;
import dev.holdfast.lock.LockThrottledException;
import dev.holdfast.lock.internal.protocol.HolderInfo;
import dev.holdfast.lock.internal.protocol.IdempotencyData;
import dev.holdfast.lock.internal.protocol.LeaseTerm;
import dev.holdfast.lock.internal.protocol.LockRow;
import dev.holdfast.lock.internal.protocol.Reply;
import dev.holdfast.lock.internal.protocol.Reply.FailureKind;
import dev.holdfast.lock.internal.protocol.RowState;
import dev.holdfast.lock.internal.protocol.RowVersion;
import dev.holdfast.lock.internal.protocol.Write;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

class SdkErrorsTest {
  private static final LockRow ROW =
      new LockRow(
          "order-1",
          RowState.HELD,
          new RowVersion("n", 42, 0),
          new LeaseTerm(10_000, 50_000, null, null),
          new HolderInfo("me", null, 0, IdempotencyData.NONE));
  private final Write put = new Write.End(ROW);
  private final SdkErrors sdkErrors = new SdkErrors("locks");

  /** Returns the failure of a client that reports no metrics. */
  private Reply.Failed failure(Write write, SdkException e) {
    return sdkErrors.toFailure(write, e, new AttemptMetrics());
  }

  @Test
  void missingTable_isPermanent() {
    Reply.Failed failed = failure(put, serviceError("ResourceNotFoundException", 400, "no", 1));
    assertPermanent(failed, LockTableNotFoundException.class, "there is no table 'locks'");
    assertThat(failed.mayHaveApplied()).isFalse();
  }

  @Test
  void deniedPut_namesActionAndTable() {
    Reply.Failed failed =
        failure(put, serviceError("AccessDeniedException", 400, "not authorized", 1));
    assertPermanent(
        failed,
        LockAccessDeniedException.class,
        "no permission for dynamodb:PutItem on table 'locks'");
    assertThat(failed.error()).hasMessageEndingWith("the service says: not authorized");
  }

  @Test
  void deniedDelete_namesTheDeleteAction() {
    Reply.Failed failed =
        failure(new Write.Delete(ROW), serviceError("AccessDeniedException", 400, "no", 1));
    assertPermanent(
        failed, LockAccessDeniedException.class, "no permission for dynamodb:DeleteItem");
  }

  @Test
  void validationErrors_areMappedByTheirMessage() {
    String missing = "One or more parameter values were invalid: Missing the key id in the item";
    assertPermanent(
        failure(put, serviceError("ValidationException", 400, missing, 1)),
        LockTableSchemaException.class,
        "table 'locks' has another key than lock rows need");
    String size = "Item size has exceeded the maximum allowed size";
    assertPermanent(
        failure(put, serviceError("ValidationException", 400, size, 1)),
        LockRowTooLargeException.class,
        "the row would be larger than the 400 KB");
    assertPermanent(
        failure(put, serviceError("ValidationException", 400, "invalid", 1)),
        LockTableException.class,
        "table 'locks' refused the write: invalid");
    assertPermanent(
        failure(put, serviceError("SomethingNew", 400, "new", 1)),
        LockTableException.class,
        "table 'locks' refused the write: new");
  }

  @Test
  void throttling_isTransient_andCertainlyNotApplied() {
    Reply.Failed failed = failure(put, serviceError("ThrottlingException", 400, "slow down", 1));
    assertThat(failed.kind()).isEqualTo(FailureKind.THROTTLED);
    assertThat(failed.mayHaveApplied()).isFalse();
    assertThat(failed.error()).isInstanceOf(LockThrottledException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TransactionConflictException", "ReplicatedWriteConflictException"})
  void conflictOfConcurrentWrites_isContention_andCertainlyNotApplied(String code) {
    Reply.Failed failed = failure(put, serviceError(code, 400, "conflict", 1));
    assertThat(failed.kind()).isEqualTo(FailureKind.CONTENTION);
    assertThat(failed.mayHaveApplied()).isFalse();
    assertThat(failed.error())
        .isInstanceOf(LockContentionException.class)
        .hasMessageContaining("another request was changing the same row (" + code + ")")
        .hasMessageContaining("wait longer or try again");
  }

  @Test
  void serviceErrorWithoutDetails_usesTheSdksMessage() {
    SdkException withoutDetails =
        DynamoDbException.builder().statusCode(400).message("bare").build();
    assertPermanent(
        failure(put, withoutDetails),
        LockTableException.class,
        "table 'locks' refused the write: bare");
    assertThat(failure(put, withoutDetails).mayHaveApplied()).isTrue();
    AwsErrorDetails empty = AwsErrorDetails.builder().build();
    SdkException vague =
        DynamoDbException.builder().awsErrorDetails(empty).statusCode(400).message("vague").build();
    assertThat(failure(put, vague).error())
        .hasMessageStartingWith("table 'locks' refused the write: vague");
  }

  @Test
  void keyOfAnotherType_isASchemaError() {
    String type = "One or more parameter values were invalid: Type mismatch for Key resource_id";
    assertPermanent(
        failure(put, serviceError("ValidationException", 400, type, 1)),
        LockTableSchemaException.class,
        "table 'locks' has another key than lock rows need");
  }

  @Test
  void missingCredentials_haveTheirOwnError() {
    Reply.Failed failed =
        failure(put, SdkClientException.create("Unable to load credentials from X@1f"));
    assertThat(failed.kind()).isEqualTo(FailureKind.NO_REPLY);
    assertThat(failed.error())
        .isInstanceOf(LockAccessDeniedException.class)
        .hasMessageStartingWith("the client found no AWS credentials, and sent no request");
  }

  @Test
  void unknownHost_hasNotApplied() {
    assertNoReply(clientError(new UnknownHostException("no such host"), 1), false);
  }

  @Test
  void serviceError_afterAnEarlierAttempt_mayHaveApplied() {
    Reply.Failed failed = failure(put, serviceError("ThrottlingException", 400, "slow", 2));
    assertThat(failed.mayHaveApplied()).isTrue();
  }

  @Test
  void serverError_timeout_andBrokenConnection_mayHaveApplied() {
    assertNoReply(serviceError("InternalServerError", 500, "sorry", 1), true);
    assertNoReply(ApiCallTimeoutException.create(500), true);
    assertNoReply(clientError(new SocketTimeoutException("read"), 1), true);
    assertNoReply(clientError(new ConnectException("refused"), 2), true);
  }

  @Test
  void refusedConnection_hasNotApplied() {
    assertNoReply(clientError(new ConnectException("refused"), 1), false);
  }

  @Test
  void interruptedCall_keepsTheInterruptFlag() {
    Reply.Failed failed = failure(put, AbortedException.create("interrupted"));
    assertThat(failed.kind()).isEqualTo(FailureKind.INTERRUPTED);
    assertThat(failed.mayHaveApplied()).isTrue();
    assertThat(Thread.interrupted()).isTrue();
  }

  private void assertNoReply(SdkException e, boolean mayHaveApplied) {
    Reply.Failed failed = failure(put, e);
    assertThat(failed.kind()).isEqualTo(FailureKind.NO_REPLY);
    assertThat(failed.mayHaveApplied()).isEqualTo(mayHaveApplied);
    assertThat(failed.error())
        .isInstanceOf(LockTableUnreachableException.class)
        .hasMessageStartingWith("no answer from table 'locks'")
        .hasCause(e);
  }

  private static void assertPermanent(
      Reply.Failed failed, Class<? extends LockException> type, String message) {
    assertThat(failed.kind()).isEqualTo(FailureKind.PERMANENT);
    assertThat(failed.error()).isExactlyInstanceOf(type).hasMessageStartingWith(message);
  }

  private static SdkException serviceError(String code, int status, String message, int attempts) {
    return DynamoDbException.builder()
        .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).errorMessage(message).build())
        .statusCode(status)
        .message(message)
        .numAttempts(attempts)
        .build();
  }

  private static SdkException clientError(Exception cause, int attempts) {
    return SdkClientException.builder().cause(cause).numAttempts(attempts).build();
  }
}
