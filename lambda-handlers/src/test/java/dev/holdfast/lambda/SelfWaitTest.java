package dev.holdfast.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.holdfast.lambda.testkit.TestContext;
import dev.holdfast.testkit.Fault;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A guard inside of a guard. */
class SelfWaitTest {
  private final Bench bench = new Bench();
  private final Guard guard = bench.remembering();
  private final TestContext context = bench.context();

  private String work(String resource) throws Exception {
    return guard.call(resource, context, lease -> bench.work(resource));
  }

  private String inside(String outer, String inner) throws Exception {
    return guard.call(outer, context, lease -> work(inner));
  }

  @Test
  void sameId_isToldAtOnceThatItWaitsForItself() {
    assertThatIllegalStateException()
        .isThrownBy(() -> inside("order-17", "order-17"))
        .withMessageContaining("holds 'order-17' already and would wait for itself");
    assertThat(context.getRemainingTimeInMillis()).as("it did not wait").isEqualTo(3_000);
    assertThat(bench.counts().puts()).isEqualTo(1);
    assertThat(bench.table.rows()).isEmpty();
  }

  @Test
  void sameIdOfAGuardMadeOfTheOther_isToldToo() {
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                guard.call(
                    "order-17",
                    context,
                    lease ->
                        guard
                            .consumer("other")
                            .call("order-17", context, inner -> bench.work("never"))));
  }

  @Test
  void sameEvent_isToldToo() {
    Ids<String> once = Ids.ofEvent(e -> e);
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                guard.call(
                    once,
                    "e-1",
                    context,
                    lease -> guard.call(once, "e-1", context, inner -> bench.work("never"))));
  }

  @Test
  void anotherId_isFine_andTheSameOneAfterwards() throws Exception {
    inside("order-17", "order-18");
    inside("order-18", "order-17");
    assertThat(bench.done).containsExactly("order-18", "order-17");
  }

  @Test
  void afterWorkThatThrew_orCouldNotBeGivenBack_nothingIsHeld() throws Exception {
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                guard.call(
                    "order-17",
                    context,
                    lease -> {
                      throw new IllegalStateException("no paper");
                    }));
    work("order-17");
    bench.table.faults().nextPasses().next(Fault.DENIED);
    work("order-18");
    bench.time.advance(Duration.ofSeconds(10));
    guard.call("order-18", bench.context(), lease -> bench.work("again"));
    assertThat(bench.done).isEqualTo(List.of("order-17", "order-18", "again"));
  }
}
