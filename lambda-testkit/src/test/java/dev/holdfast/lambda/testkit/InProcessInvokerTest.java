package dev.holdfast.lambda.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.holdfast.testkit.ManualClock;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class InProcessInvokerTest {
  private final TestContext context =
      TestContext.at(ManualClock.at(Instant.parse("2026-01-01T00:00:00Z")));
  private final InProcessInvoker invoker =
      InProcessInvoker.of(new MessageBodiesHandler(), SQSEvent.class);

  @Test
  void invoke_streamHandler_receivesEventUnchanged() throws IOException {
    String description =
        InProcessInvoker.of(new DescribeInvocationHandler()).invoke("{\"order\": 17}", context);
    assertThat(LambdaJson.readObject(description))
        .containsEntry("event", "{\"order\": 17}")
        .containsEntry("requestId", "request-1")
        .containsEntry("remaining", 3_000);
  }

  @Test
  void invoke_typedHandler_deserializesEventAndSerializesResult() throws IOException {
    String result = invoker.invoke(SampleEvents.sqs(SqsMessage.of("m-1", "pay")), context);
    assertThat(result).isEqualTo("[\"pay\"]");
  }

  @Test
  void invoke_handlerThrows_exceptionIsPropagated() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> invoker.invoke("{\"Records\":[]}", context))
        .withMessage("batch must not be empty");
  }

  @Test
  void invoke_handlerReturnsNull_isJsonNull() throws IOException {
    RequestHandler<String, Void> handler = (event, unused) -> null;
    assertThat(InProcessInvoker.of(handler, String.class).invoke("\"x\"", context))
        .isEqualTo("null");
  }
}
