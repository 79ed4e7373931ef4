package dev.holdfast.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.SNSEvent.SNSRecord;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import com.amazonaws.services.lambda.runtime.events.models.s3.S3EventNotification.S3EventNotificationRecord;
import dev.holdfast.lambda.testkit.InProcess;
import dev.holdfast.lambda.testkit.SampleEvents;
import dev.holdfast.lambda.testkit.SqsMessage;
import dev.holdfast.lock.Lease;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What EventBridge Pipes sends, at every handler. */
class BareListTest {
  private static final Bench BENCH = new Bench(); // nothing is ever done on it

  static Stream<RequestStreamHandler> handlers() {
    Guard guard = BENCH.guard();
    return Stream.of(
        new Report(guard),
        new Api(BENCH, guard),
        Streams.KINESIS.handler(guard, BENCH::work),
        Streams.DYNAMODB.handler(guard, BENCH::work),
        new LockedSqsHandler(guard) {
          @Override
          protected void handle(SQSMessage message, Lease lease, Context context) {
            BENCH.work(message.getBody());
          }
        },
        new LockedS3Handler(guard) {
          @Override
          protected void handle(S3EventNotificationRecord event, Lease lease, Context context) {
            BENCH.work(key(event));
          }
        },
        new LockedSnsHandler(guard) {
          @Override
          protected String resourceId(SNSRecord message) {
            return "order";
          }

          @Override
          protected void handle(SNSRecord message, Lease lease, Context context) {
            BENCH.work("message");
          }
        });
  }

  @ParameterizedTest
  @MethodSource("handlers")
  void list_isRefusedByName(RequestStreamHandler handler) {
    String batch = SampleEvents.sqs(SqsMessage.of("m-1", "x").group("a"));
    String list = " \n\t" + batch.replaceFirst("^\\{\"Records\":", "").replaceFirst("}$", "");
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(() -> InProcess.of(handler).invoke(list, BENCH.context()))
        .withMessageContaining("got a bare list, as EventBridge Pipes sends");
    assertThat(BENCH.done).isEmpty();
    assertThat(BENCH.counts().puts()).isZero();
  }

  @Test
  void plainHandler_mayReadAList() throws Exception {
    Orders.Base<String, List<String>> plain =
        new Orders.Base<String, List<String>>(new Bench().guard()) {}.doing(list -> list.get(0));
    assertThat(plain.invoke("[\"17\"]", BENCH.context())).isEqualTo("\"17\"");
  }
}
