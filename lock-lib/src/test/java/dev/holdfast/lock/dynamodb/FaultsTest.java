package dev.holdfast.lock.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lock.LockAccessDeniedException;
import dev.holdfast.lock.LockException;
import dev.holdfast.lock.LockRowTooLargeException;
import dev.holdfast.lock.LockTableException;
import dev.holdfast.lock.LockTableMissingException;
import dev.holdfast.lock.LockTableSchemaException;
import dev.holdfast.lock.LockTableUnreachableException;
import dev.holdfast.lock.LockThrottledException;
import dev.holdfast.lock.protocol.Claimant;
import dev.holdfast.lock.protocol.LockRow;
import dev.holdfast.lock.protocol.Memo;
import dev.holdfast.lock.protocol.Reply;
import dev.holdfast.lock.protocol.Reply.Fault;
import dev.holdfast.lock.protocol.RowState;
import dev.holdfast.lock.protocol.Stamp;
import dev.holdfast.lock.protocol.Term;
import dev.holdfast.lock.protocol.Write;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

class FaultsTest {
  private static final LockRow ROW =
      new LockRow(
          "order-1",
          RowState.HELD,
          new Stamp("n", 42, 0),
          new Term(10_000, 50_000, null, null),
          new Claimant("me", null, 0, Memo.NONE));
  private final Write put = new Write.Settle(ROW);
  private final Faults faults = new Faults("locks");

  @Test
  void missingTable() {
    Reply.Failed failed = faults.failed(put, service("ResourceNotFoundException", 400, "no", 1));
    assertPermanent(failed, LockTableMissingException.class, "there is no table 'locks'");
    assertThat(failed.mayHaveApplied()).isFalse();
  }

  @Test
  void deniedPut_namesActionAndTable() {
    Reply.Failed failed =
        faults.failed(put, service("AccessDeniedException", 400, "not authorized", 1));
    assertPermanent(
        failed,
        LockAccessDeniedException.class,
        "no permission for dynamodb:PutItem on table 'locks'");
    assertThat(failed.error()).hasMessageEndingWith("the service says: not authorized");
  }

  @Test
  void deniedDelete_namesThatAction() {
    Reply.Failed failed =
        faults.failed(new Write.Forget(ROW), service("AccessDeniedException", 400, "no", 1));
    assertPermanent(
        failed, LockAccessDeniedException.class, "no permission for dynamodb:DeleteItem");
  }

  @Test
  void wrongKey_andTooLarge_andAnythingElseInvalid() {
    String missing = "One or more parameter values were invalid: Missing the key id in the item";
    assertPermanent(
        faults.failed(put, service("ValidationException", 400, missing, 1)),
        LockTableSchemaException.class,
        "table 'locks' has another key than lock rows need");
    String size = "Item size has exceeded the maximum allowed size";
    assertPermanent(
        faults.failed(put, service("ValidationException", 400, size, 1)),
        LockRowTooLargeException.class,
        "the row would be larger than the 400 KB");
    assertPermanent(
        faults.failed(put, service("ValidationException", 400, "odd", 1)),
        LockTableException.class,
        "table 'locks' refused the write: odd");
    assertPermanent(
        faults.failed(put, service("SomethingNew", 400, "new", 1)),
        LockTableException.class,
        "table 'locks' refused the write: new");
  }

  @Test
  void throttled_andAForeignTransaction_mayBeAskedAgain() {
    for (String code : new String[] {"ThrottlingException", "TransactionConflictException"}) {
      Reply.Failed failed = faults.failed(put, service(code, 400, "slow down", 1));
      assertThat(failed.fault()).isEqualTo(Fault.THROTTLED);
      assertThat(failed.mayHaveApplied()).isFalse();
      assertThat(failed.error()).isInstanceOf(LockThrottledException.class);
    }
  }

  @Test
  void refusalWithoutDetails_isToldInTheSdksWords() {
    SdkException bare = DynamoDbException.builder().statusCode(400).message("bare").build();
    assertPermanent(
        faults.failed(put, bare),
        LockTableException.class,
        "table 'locks' refused the write: bare");
    assertThat(faults.failed(put, bare).mayHaveApplied()).isTrue();
    AwsErrorDetails empty = AwsErrorDetails.builder().build();
    SdkException vague =
        DynamoDbException.builder().awsErrorDetails(empty).statusCode(400).message("vague").build();
    assertThat(faults.failed(put, vague).error())
        .hasMessageStartingWith("table 'locks' refused the write: vague");
  }

  @Test
  void keyOfAnotherType_isAnotherSchema() {
    String type = "One or more parameter values were invalid: Type mismatch for Key resource_id";
    assertPermanent(
        faults.failed(put, service("ValidationException", 400, type, 1)),
        LockTableSchemaException.class,
        "table 'locks' has another key than lock rows need");
  }

  @Test
  void hostThatHasNoAddress_wasNeverConnectedTo() {
    assertUnanswered(client(new UnknownHostException("no such host"), 1), false);
  }

  @Test
  void refusalAfterAnEarlierAttempt_isNotCertain() {
    Reply.Failed failed = faults.failed(put, service("ThrottlingException", 400, "slow", 2));
    assertThat(failed.mayHaveApplied()).isTrue();
  }

  @Test
  void serverError_timeOut_andBrokenConnection_mayHaveApplied() {
    assertUnanswered(service("InternalServerError", 500, "sorry", 1), true);
    assertUnanswered(ApiCallTimeoutException.create(500), true);
    assertUnanswered(client(new SocketTimeoutException("read"), 1), true);
    assertUnanswered(client(new ConnectException("refused"), 2), true);
  }

  @Test
  void neverConnected_isCertain() {
    assertUnanswered(client(new ConnectException("refused"), 1), false);
  }

  @Test
  void interruptedCall_keepsTheInterrupt() {
    Reply.Failed failed = faults.failed(put, AbortedException.create("interrupted"));
    assertThat(failed.fault()).isEqualTo(Fault.INTERRUPTED);
    assertThat(failed.mayHaveApplied()).isTrue();
    assertThat(Thread.interrupted()).isTrue();
  }

  private void assertUnanswered(SdkException e, boolean mayHaveApplied) {
    Reply.Failed failed = faults.failed(put, e);
    assertThat(failed.fault()).isEqualTo(Fault.NO_ANSWER);
    assertThat(failed.mayHaveApplied()).isEqualTo(mayHaveApplied);
    assertThat(failed.error())
        .isInstanceOf(LockTableUnreachableException.class)
        .hasMessageStartingWith("no answer from table 'locks'")
        .hasCause(e);
  }

  private static void assertPermanent(
      Reply.Failed failed, Class<? extends LockException> type, String message) {
    assertThat(failed.fault()).isEqualTo(Fault.PERMANENT);
    assertThat(failed.error()).isExactlyInstanceOf(type).hasMessageStartingWith(message);
  }

  private static SdkException service(String code, int status, String message, int attempts) {
    return DynamoDbException.builder()
        .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).errorMessage(message).build())
        .statusCode(status)
        .message(message)
        .numAttempts(attempts)
        .build();
  }

  private static SdkException client(Exception cause, int attempts) {
    return SdkClientException.builder().cause(cause).numAttempts(attempts).build();
  }
}
