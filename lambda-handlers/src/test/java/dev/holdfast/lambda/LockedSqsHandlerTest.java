package dev.holdfast.lambda;

import static dev.holdfast.lambda.fixtures.SqsBatchFixture.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.holdfast.lambda.error.InvalidEventException;
import dev.holdfast.lambda.fixtures.GuardFixture;
import dev.holdfast.lambda.testkit.InProcessInvoker;
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
  private final GuardFixture fixture = new GuardFixture();

  /** Handler that ships orders. It fails for an order whose id starts with "lost". */
  private class ShipOrderHandler extends LockedSqsHandler {
    private final List<FencingToken> tokens = new ArrayList<>();

    ShipOrderHandler(Guard guard) {
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
      fixture.process(message.getMessageId() + " in " + context.getFunctionName());
    }
  }

  private String invoke(LockedSqsHandler handler, String event) throws IOException {
    return InProcessInvoker.of(handler).invoke(event, fixture.context());
  }

  @Test
  void handleRequest_allProcessed_reportsNoFailures() throws IOException {
    String response =
        invoke(
            new ShipOrderHandler(fixture.deduplicatingGuard()),
            SampleEvents.sqs(message(1, "order-1")));
    assertThat(response).isEqualTo("{\"batchItemFailures\":[]}");
    assertThat(fixture.processed).containsExactly("m-1 in test-function");
  }

  @Test
  void handleRequest_oneFails_reportsOnlyItsId() throws IOException {
    String event =
        SampleEvents.sqs(message(1, "order-1"), message(2, "lost-2"), message(3, "order-3"));
    assertThat(invoke(new ShipOrderHandler(fixture.deduplicatingGuard()), event))
        .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"m-2\"}]}");
  }

  @Test
  void handleRequest_sameResource_fencingTokensIncrease() throws IOException {
    ShipOrderHandler handler = new ShipOrderHandler(fixture.deduplicatingGuard());
    invoke(handler, SampleEvents.sqs(message(1, "order-1"), message(2, "order-1")));
    assertThat(handler.tokens).hasSize(2).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void handleRequest_eventIdOverridden_deduplicatesByIt() throws IOException {
    ShipOrderHandler handler =
        new ShipOrderHandler(fixture.deduplicatingGuard()) {
          @Override
          protected String eventId(SQSMessage message) {
            return message.getBody();
          }
        };
    invoke(handler, SampleEvents.sqs(message(1, "order-1")));
    invoke(handler, SampleEvents.sqs(message(2, "order-1")));
    assertThat(fixture.processed).containsExactly("m-1 in test-function");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|one without Records",
        "null|must be SQSEvent, got null",
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
  void handleRequest_notASqsBatch_isRefused(String event, String problem) {
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(() -> invoke(new ShipOrderHandler(fixture.deduplicatingGuard()), event))
        .withMessageContaining(problem);
    assertThat(fixture.counts().puts()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {256 * 1_024, 6 * 1_024 * 1_024})
  void handleRequest_largeBody_isProcessed(int bytes) throws IOException {
    ShipOrderHandler handler =
        new ShipOrderHandler(fixture.deduplicatingGuard()) {
          @Override
          protected String resourceId(SQSMessage message) {
            return "order-1";
          }

          @Override
          protected void handle(SQSMessage message, Lease lease, Context context) {
            fixture.process(message.getBody().length() + " characters");
          }
        };
    invoke(handler, SampleEvents.sqs(message(1, "x".repeat(bytes))));
    assertThat(fixture.processed).containsExactly(bytes + " characters");
  }
}
