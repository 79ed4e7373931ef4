package dev.holdfast.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.holdfast.lambda.testkit.InProcess;
import dev.holdfast.lambda.testkit.SampleEvents;
import dev.holdfast.lambda.testkit.SqsMessage;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What EventBridge Pipes sends, at every handler. */
class BareListTest {
  private static final Bench BENCH = new Bench(); // nothing is ever done on it

  static Stream<RequestStreamHandler> handlers() {
    return Stream.of(Handlers.values())
        .filter(trigger -> trigger != Handlers.PLAIN)
        .map(trigger -> trigger.on(BENCH, BENCH.guard()));
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
