package dev.holdfast.lambda.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.holdfast.testkit.ManualTime;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class InProcessTest {
  private final TestContext context =
      TestContext.at(ManualTime.at(Instant.parse("2026-01-01T00:00:00Z")));
  private final InProcess batch = InProcess.of(new BodiesOfBatch(), SQSEvent.class);

  @Test
  void invoke_streamHandler_getsTheEventAsItIs() throws IOException {
    String seen = InProcess.of(new Describe()).invoke("{\"order\": 17}", context);
    assertThat(JsonText.readObject(seen))
        .containsEntry("event", "{\"order\": 17}")
        .containsEntry("requestId", "request-1")
        .containsEntry("remaining", 3_000);
  }

  @Test
  void invoke_typedHandler_readsTheEventAndWritesTheResult() throws IOException {
    String result = batch.invoke(SampleEvents.sqs(SqsMessage.of("m-1", "pay")), context);
    assertThat(result).isEqualTo("[\"pay\"]");
  }

  @Test
  void invoke_handlerThrows_comesOutUnchanged() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> batch.invoke("{\"Records\":[]}", context))
        .withMessage("batch must not be empty");
  }

  @Test
  void invoke_handlerReturnsNothing_isNull() throws IOException {
    RequestHandler<String, Void> silent = (event, unused) -> null;
    assertThat(InProcess.of(silent, String.class).invoke("\"x\"", context)).isEqualTo("null");
  }
}
