package dev.holdfast.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.holdfast.lambda.fixtures.GuardFixture;
import dev.holdfast.lambda.fixtures.OrderHandlers;
import dev.holdfast.lambda.fixtures.ReportHandler;
import dev.holdfast.lock.AlreadyCompletedException;
import dev.holdfast.lock.Lease;
import java.io.IOException;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the result of a duplicate of a plain invoke. */
class DuplicateResultTest {

  record Receipt(String done, int amount) {}

  private final GuardFixture fixture = new GuardFixture();
  private final Guard storingGuard = fixture.guard().storingResults(GuardFixture.DAY, 100);

  private OrderHandlers.StubHandler<Receipt, String> paymentHandler(
      Guard guard, Function<String, Receipt> work) {
    return new OrderHandlers.StubHandler<Receipt, String>(guard) {}.withEventId("e-1")
        .withWork(work);
  }

  private Receipt receipt(String order) {
    return new Receipt(fixture.process(order), 42);
  }

  @Test
  void duplicate_storedResult_isReturned() throws IOException {
    OrderHandlers.StubHandler<Receipt, String> handler =
        paymentHandler(storingGuard, this::receipt);
    String first = handler.invoke("\"17\"", fixture.context());
    assertThat(handler.invoke("\"17\"", fixture.context()))
        .isEqualTo(first)
        .isEqualTo("{\"done\":\"17\",\"amount\":42}");
    assertThat(fixture.processed).containsExactly("17");
  }

  @Test
  void duplicate_withoutStoredResult_fails() throws IOException {
    OrderHandlers.StubHandler<Receipt, String> handler =
        paymentHandler(fixture.deduplicatingGuard(), this::receipt);
    handler.invoke("\"17\"", fixture.context());
    assertThat(fixture.table.row("test-function:e-1#13,3#event").orElseThrow())
        .doesNotContainKey("result");
    assertThatExceptionOfType(AlreadyCompletedException.class)
        .isThrownBy(() -> handler.invoke("\"17\"", fixture.context()));
  }

  @Test
  void result_tooLarge_completesWithoutStoringIt() throws IOException {
    OrderHandlers.StubHandler<Receipt, String> handler =
        paymentHandler(storingGuard, order -> receipt("x".repeat(200)));
    assertThat(handler.invoke("\"17\"", fixture.context())).contains("xxx");
    assertThatExceptionOfType(AlreadyCompletedException.class)
        .isThrownBy(() -> handler.invoke("\"17\"", fixture.context()));
    assertThat(fixture.processed).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 358_401})
  void maxBytes_outOfRange_isRefused(int bytes) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fixture.guard().storingResults(GuardFixture.DAY, bytes))
        .withMessage("a result's bound must be 1 to 358400 bytes, got " + bytes);
  }

  @Test
  void messageHandler_resultStorage_isRefused() {
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                new LockedSqsHandler(storingGuard) {
                  @Override
                  protected void handle(SQSMessage message, Lease lease, Context context) {}
                })
        .withMessageContaining("use Guard.rememberingEvents");
    assertThatIllegalStateException().isThrownBy(() -> new ReportHandler(storingGuard));
  }
}
