package dev.holdfast.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.holdfast.lock.HeldLock;
import org.junit.jupiter.api.Test;

class GuardAroundTest {
  private final Bench bench = new Bench();
  private final Guard guard = bench.guard();

  @Test
  void around_handler_worksUnderTheLock() {
    RequestHandler<Integer, String> handler =
        (order, context) -> {
          assertThat(bench.state("order-" + order)).isEqualTo("HELD");
          return bench.work("shipped " + order + " in " + context.getFunctionName());
        };

    String result =
        guard.around(handler, order -> "order-" + order).handleRequest(17, bench.context());

    assertThat(result).isEqualTo("shipped 17 in test-function");
    assertThat(bench.table.rows()).isEmpty();
  }

  @Test
  void around_handlerThrows_comesOutUnchanged() {
    RuntimeException thrown = new IllegalArgumentException("no such order");
    RequestHandler<Integer, String> handler =
        (Integer order, Context context) -> {
          throw thrown;
        };
    assertThatThrownBy(
            () -> guard.around(handler, order -> "order-17").handleRequest(17, bench.context()))
        .isSameAs(thrown);
  }

  @Test
  void around_interruptedWhileWaiting_isInterrupted() throws Exception {
    try (HeldLock elsewhere = bench.locks.acquire("order-17")) {
      RequestHandler<Integer, String> handler = (order, context) -> bench.work("never");
      Thread.currentThread().interrupt();
      assertThatThrownBy(
              () -> guard.around(handler, order -> "order-17").handleRequest(17, bench.context()))
          .isInstanceOf(InterruptedException.class);
      assertThat(elsewhere.isHeld()).isTrue();
    } finally {
      assertThat(Thread.interrupted()).isFalse();
    }
    assertThat(bench.done).isEmpty();
  }
}
