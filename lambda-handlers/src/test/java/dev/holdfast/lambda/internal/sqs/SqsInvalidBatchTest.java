package dev.holdfast.lambda.internal.sqs;

import static dev.holdfast.lambda.fixtures.SqsBatchFixture.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.holdfast.lambda.Guard;
import dev.holdfast.lambda.Ids;
import dev.holdfast.lambda.error.InvalidEventException;
import dev.holdfast.lambda.fixtures.GuardFixture;
import dev.holdfast.lambda.fixtures.SqsBatchFixture;
import dev.holdfast.lambda.testkit.SqsMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqsInvalidBatchTest {
  private static final SqsMessage[] THREE = {
    message(1, "order-1"), message(2, "order-2"), message(3, "order-3")
  };

  private final GuardFixture fixture = new GuardFixture();
  private final Guard guard = fixture.deduplicatingGuard();

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "m-\ud800"})
  void processBatch_messageWithoutReportableId_isRefusedBeforeAnyRequest(String id) {
    SQSEvent event = SqsBatchFixture.event(THREE);
    event.getRecords().get(2).setMessageId(id.equals("null") ? null : id);
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(
            () ->
                guard.processBatch(
                    event, fixture.context(), message -> message.getBody(), (message, lease) -> {}))
        .withMessageContaining("messageId")
        .withMessageContaining("Records[2]");
    assertThat(fixture.counts().puts()).isZero();
  }

  @Test
  void processBatch_noRecords_isRefused() {
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(
            () ->
                guard.processBatch(
                    new SQSEvent(),
                    fixture.context(),
                    message -> message.getBody(),
                    (message, lease) -> {}))
        .withMessageContaining("event source mapping");
  }

  @Test
  void processBatch_eventIdOnlyWithoutDeduplication_isRefused() {
    Ids<SQSMessage> ids = Ids.ofEvent(SQSMessage::getMessageId);
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                fixture
                    .guard()
                    .processBatch(
                        SqsBatchFixture.event(THREE),
                        fixture.context(),
                        ids,
                        (message, lease) -> {}))
        .withMessageContaining("Guard.deduplicating");
  }
}
