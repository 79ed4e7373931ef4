package dev.holdfast.lambda.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.holdfast.lambda.error.InvalidEventException;
import dev.holdfast.lambda.fixtures.GuardFixture;
import dev.holdfast.lambda.fixtures.HandlerType;
import dev.holdfast.lambda.fixtures.OrderHandlers;
import dev.holdfast.lambda.testkit.InProcessInvoker;
import dev.holdfast.lambda.testkit.SampleEvents;
import dev.holdfast.lambda.testkit.SqsMessage;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests the lists of EventBridge Pipes with every handler. */
class BareListCheckTest {
  private static final GuardFixture FIXTURE = new GuardFixture(); // no handler uses it

  static Stream<RequestStreamHandler> handlers() {
    return Stream.of(HandlerType.values())
        .filter(type -> type != HandlerType.PLAIN)
        .map(type -> type.create(FIXTURE, FIXTURE.guard()));
  }

  @ParameterizedTest
  @MethodSource("handlers")
  void bareArray_fromEventBridgePipes_isRefused(RequestStreamHandler handler) {
    String batch = SampleEvents.sqs(SqsMessage.of("m-1", "x").group("a"));
    String list = " \n\t" + batch.replaceFirst("^\\{\"Records\":", "").replaceFirst("}$", "");
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(() -> InProcessInvoker.of(handler).invoke(list, FIXTURE.context()))
        .withMessageContaining("got a bare list, as EventBridge Pipes sends");
    assertThat(FIXTURE.processed).isEmpty();
    assertThat(FIXTURE.counts().puts()).isZero();
  }

  @Test
  void bareArray_plainHandlerOfList_isProcessed() throws Exception {
    OrderHandlers.StubHandler<String, List<String>> handler =
        new OrderHandlers.StubHandler<String, List<String>>(new GuardFixture().guard()) {}.withWork(
            list -> list.get(0));
    assertThat(handler.invoke("[\"17\"]", FIXTURE.context())).isEqualTo("\"17\"");
  }
}
