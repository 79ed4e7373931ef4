package dev.holdfast.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.holdfast.lambda.testkit.InProcess;
import dev.holdfast.lambda.testkit.SampleEvents;
import dev.holdfast.lambda.testkit.SqsMessage;
import dev.holdfast.lock.Lease;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LockedSqsHandlerTest {
  private static final SqsMessage PAY = SqsMessage.of("m-1", "order-17");

  private final Bench bench = new Bench();

  private class Ship extends LockedSqsHandler {
    Ship() {
      super(bench.remembering());
    }

    @Override
    protected String resourceId(SQSMessage message) {
      return message.getBody();
    }

    @Override
    protected void handle(SQSMessage message, Lease lease, Context context) throws Exception {
      if (message.getBody().equals("order-13")) {
        throw new IOException("printer on fire");
      }
      bench.work(message.getMessageId() + " under " + lease.name());
    }
  }

  private String invoke(LockedSqsHandler handler, String event) throws IOException {
    return InProcess.of(handler).invoke(event, bench.context());
  }

  @Test
  void batch_asSqsSendsIt_isHandled() throws IOException {
    assertThat(invoke(new Ship(), SampleEvents.sqs(PAY))).isEqualTo("{\"batchItemFailures\":[]}");
    assertThat(bench.done).containsExactly("m-1 under order-17");
  }

  @Test
  void failure_isReportedInTheShapeThatSqsReads() throws IOException {
    String event = SampleEvents.sqs(PAY, SqsMessage.of("m-2", "order-13"));
    assertThat(invoke(new Ship(), event))
        .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"m-2\"}]}");
  }

  @Test
  void redelivery_isKnownByItsMessageId() throws IOException {
    invoke(new Ship(), SampleEvents.sqs(PAY));
    invoke(new Ship(), SampleEvents.sqs(PAY.delivery("another-receipt", 2)));
    assertThat(bench.done).hasSize(1);
  }

  @Test
  void eventIdOverridden_isWhatAMessageIsKnownBy() throws IOException {
    LockedSqsHandler byBody =
        new Ship() {
          @Override
          protected String eventId(SQSMessage message) {
            return message.getBody();
          }
        };
    invoke(byBody, SampleEvents.sqs(PAY));
    invoke(byBody, SampleEvents.sqs(SqsMessage.of("m-2", "order-17")));
    assertThat(bench.done).containsExactly("m-1 under order-17");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "{}", "\"text\"", "null", "17", "{\"Records\":17}", "not json", ""})
  void anythingButABatch_isRefused_andNothingIsWritten(String event) {
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(() -> invoke(new Ship(), event));
    assertThat(bench.counts().puts()).isZero();
  }
}
