package dev.holdfast.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.holdfast.lock.AlreadyDoneException;
import dev.holdfast.lock.Lease;
import java.io.IOException;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a duplicate of a plain invoke gets. */
class KeptResultTest {

  record Receipt(String done, int amount) {}

  private final Bench bench = new Bench();
  private final Guard keeping = bench.guard().rememberingResults(Bench.DAY, 100);

  private Orders.Base<Receipt, String> pay(Guard guard, Function<String, Receipt> work) {
    return new Orders.Base<Receipt, String>(guard) {}.knownBy("e-1").doing(work);
  }

  private Receipt paid(String order) {
    return new Receipt(bench.work(order), 42);
  }

  @Test
  void duplicate_getsTheResultThatWasKept() throws IOException {
    Orders.Base<Receipt, String> pay = pay(keeping, this::paid);
    String first = pay.invoke("\"17\"", bench.context());
    assertThat(pay.invoke("\"17\"", bench.context()))
        .isEqualTo(first)
        .isEqualTo("{\"done\":\"17\",\"amount\":42}");
    assertThat(bench.done).containsExactly("17");
  }

  @Test
  void duplicate_whereNoneWasAskedFor_isAnError() throws IOException {
    Orders.Base<Receipt, String> pay = pay(bench.remembering(), this::paid);
    pay.invoke("\"17\"", bench.context());
    assertThat(bench.table.row("test-function:e-1#13,3#event").orElseThrow())
        .doesNotContainKey("result");
    assertThatExceptionOfType(AlreadyDoneException.class)
        .isThrownBy(() -> pay.invoke("\"17\"", bench.context()));
  }

  @Test
  void resultTooLarge_isASuccessThatIsRememberedWithoutIt() throws IOException {
    Orders.Base<Receipt, String> pay = pay(keeping, order -> paid("x".repeat(200)));
    assertThat(pay.invoke("\"17\"", bench.context())).contains("xxx");
    assertThatExceptionOfType(AlreadyDoneException.class)
        .isThrownBy(() -> pay.invoke("\"17\"", bench.context()));
    assertThat(bench.done).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 358_401})
  void bound_outOfRange_isRefused(int bytes) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> bench.guard().rememberingResults(Bench.DAY, bytes))
        .withMessage("a result's bound must be 1 to 358400 bytes, got " + bytes);
  }

  @Test
  void handlerOfMessages_hasNoResultToKeep() {
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                new LockedSqsHandler(keeping) {
                  @Override
                  protected void handle(SQSMessage message, Lease lease, Context context) {}
                })
        .withMessageContaining("use Guard.rememberingEvents");
    assertThatIllegalStateException().isThrownBy(() -> new Report(keeping));
  }
}
