package dev.holdfast.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.holdfast.lambda.fixtures.GuardFixture;
import dev.holdfast.lock.HeldLock;
import org.junit.jupiter.api.Test;

class GuardWrapTest {
  private final GuardFixture fixture = new GuardFixture();
  private final Guard guard = fixture.guard();

  @Test
  void wrap_handler_runsUnderTheLock() {
    RequestHandler<Integer, String> handler =
        (order, context) -> {
          assertThat(fixture.lockState("order-" + order)).isEqualTo("HELD");
          return fixture.process("shipped " + order + " in " + context.getFunctionName());
        };

    String result =
        guard.wrap(handler, order -> "order-" + order).handleRequest(17, fixture.context());

    assertThat(result).isEqualTo("shipped 17 in test-function");
    assertThat(fixture.table.rows()).isEmpty();
  }

  @Test
  void wrap_handlerThrows_rethrowsUnchanged() {
    RuntimeException thrown = new IllegalArgumentException("no such order");
    RequestHandler<Integer, String> handler =
        (Integer order, Context context) -> {
          throw thrown;
        };
    assertThatThrownBy(
            () -> guard.wrap(handler, order -> "order-17").handleRequest(17, fixture.context()))
        .isSameAs(thrown);
  }

  @Test
  void wrap_interruptedWhileWaiting_throwsInterruptedException() throws Exception {
    try (HeldLock otherLock = fixture.lockClient.acquire("order-17")) {
      RequestHandler<Integer, String> handler = (order, context) -> fixture.process("never");
      Thread.currentThread().interrupt();
      assertThatThrownBy(
              () -> guard.wrap(handler, order -> "order-17").handleRequest(17, fixture.context()))
          .isInstanceOf(InterruptedException.class);
      assertThat(otherLock.isHeld()).isTrue();
    } finally {
      assertThat(Thread.interrupted()).isFalse();
    }
    assertThat(fixture.processed).isEmpty();
  }
}
