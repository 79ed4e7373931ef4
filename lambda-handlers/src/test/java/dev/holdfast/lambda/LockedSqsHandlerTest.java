package dev.holdfast.lambda;

import static dev.holdfast.lambda.Batch.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.holdfast.lambda.testkit.InProcess;
import dev.holdfast.lambda.testkit.SampleEvents;
import dev.holdfast.lock.FencingToken;
import dev.holdfast.lock.Lease;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LockedSqsHandlerTest {
  private final Bench bench = new Bench();

  /** Ships orders; an order whose id starts with "lost" cannot be shipped. */
  private class ShipOrder extends LockedSqsHandler {
    private final List<FencingToken> tokens = new ArrayList<>();

    ShipOrder(Guard guard) {
      super(guard);
    }

    @Override
    protected String resourceId(SQSMessage message) {
      return message.getBody();
    }

    @Override
    protected void handle(SQSMessage message, Lease lease, Context context) throws IOException {
      assertThat(lease.name()).isEqualTo(message.getBody());
      tokens.add(lease.fencingToken());
      if (message.getBody().startsWith("lost")) {
        throw new IOException("no such order");
      }
      bench.work(message.getMessageId() + " in " + context.getFunctionName());
    }
  }

  private String invoke(LockedSqsHandler handler, String event) throws IOException {
    return InProcess.of(handler).invoke(event, bench.context());
  }

  @Test
  void handleRequest_allHandled_answersAnEmptyList() throws IOException {
    String answer =
        invoke(new ShipOrder(bench.remembering()), SampleEvents.sqs(message(1, "order-1")));
    assertThat(answer).isEqualTo("{\"batchItemFailures\":[]}");
    assertThat(bench.done).containsExactly("m-1 in test-function");
  }

  @Test
  void handleRequest_oneFails_answersItsIdAndNoOther() throws IOException {
    String event =
        SampleEvents.sqs(message(1, "order-1"), message(2, "lost-2"), message(3, "order-3"));
    assertThat(invoke(new ShipOrder(bench.remembering()), event))
        .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"m-2\"}]}");
  }

  @Test
  void handleRequest_tokensOfOneResource_rise() throws IOException {
    ShipOrder handler = new ShipOrder(bench.remembering());
    invoke(handler, SampleEvents.sqs(message(1, "order-1"), message(2, "order-1")));
    assertThat(handler.tokens).hasSize(2).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void handleRequest_eventIdOverridden_isByWhatAMessageIsKnownAgain() throws IOException {
    ShipOrder handler =
        new ShipOrder(bench.remembering()) {
          @Override
          protected String eventId(SQSMessage message) {
            return message.getBody();
          }
        };
    invoke(handler, SampleEvents.sqs(message(1, "order-1")));
    invoke(handler, SampleEvents.sqs(message(2, "order-1")));
    assertThat(bench.done).containsExactly("m-1 in test-function");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|one without Records",
        "null|must be SQSEvent, got nothing",
        "{\"Records\":null}|one without Records",
        "{\"Records\":7}|cannot be read as SQSEvent at /Records",
        "{\"Records\":[{\"body\":\"x\"}]}|got none in Records[0]",
        "{\"Records\":[null]}|got none in Records[0]",
        "[]|got a bare list, as EventBridge Pipes sends",
        "order|not JSON",
        "17|cannot be read as SQSEvent",
        "\"text\"|cannot be read as SQSEvent",
        "''|cannot be read as SQSEvent",
        "{\"Records\":[|cannot be read as SQSEvent",
      })
  void handleRequest_noBatch_isRefusedByName(String event, String problem) {
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(() -> invoke(new ShipOrder(bench.remembering()), event))
        .withMessageContaining(problem);
    assertThat(bench.counts().puts()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {256 * 1_024, 6 * 1_024 * 1_024})
  void handleRequest_largeBody_isAMessageAsAnyOther(int bytes) throws IOException {
    ShipOrder handler =
        new ShipOrder(bench.remembering()) {
          @Override
          protected String resourceId(SQSMessage message) {
            return "order-1";
          }

          @Override
          protected void handle(SQSMessage message, Lease lease, Context context) {
            bench.work(message.getBody().length() + " characters");
          }
        };
    invoke(handler, SampleEvents.sqs(message(1, "x".repeat(bytes))));
    assertThat(bench.done).containsExactly(bytes + " characters");
  }
}
