package dev.holdfast.lambda;

import static dev.holdfast.lambda.Batch.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.holdfast.lambda.testkit.SqsMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqsRefusalTest {
  private static final SqsMessage[] THREE = {
    message(1, "order-1"), message(2, "order-2"), message(3, "order-3")
  };

  private final Bench bench = new Bench();
  private final Guard guard = bench.remembering();

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "m-\ud800"})
  void eachMessage_oneWithoutAnIdToReport_isRefusedBeforeAnything(String id) {
    SQSEvent event = Batch.event(THREE);
    event.getRecords().get(2).setMessageId(id.equals("null") ? null : id);
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(
            () -> guard.eachMessage(event, bench.context(), m -> m.getBody(), (m, lease) -> {}))
        .withMessageContaining("messageId")
        .withMessageContaining("Records[2]");
    assertThat(bench.counts().puts()).isZero();
  }

  @Test
  void eachMessage_noBatch_isRefused() {
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(
            () ->
                guard.eachMessage(
                    new SQSEvent(), bench.context(), m -> m.getBody(), (m, lease) -> {}))
        .withMessageContaining("event source mapping");
  }

  @Test
  void eachMessage_eventAloneButNothingRemembered_isRefused() {
    Ids<SQSMessage> once = Ids.ofEvent(SQSMessage::getMessageId);
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                bench
                    .guard()
                    .eachMessage(Batch.event(THREE), bench.context(), once, (m, lease) -> {}))
        .withMessageContaining("Guard.rememberingEvents");
  }
}
