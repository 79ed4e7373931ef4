package dev.holdfast.lambda;

import static dev.holdfast.lambda.fixtures.SqsBatchFixture.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lambda.fixtures.GuardFixture;
import dev.holdfast.lambda.fixtures.SqsBatchFixture;
import dev.holdfast.lambda.testkit.SqsMessage;
import dev.holdfast.lambda.testkit.TestContext;
import dev.holdfast.testkit.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A message whose row another request is changing delays no other message. */
class SqsContentionTest {
  private static final SqsMessage[] THREE = {
    message(1, "order-1"), message(2, "order-2"), message(3, "order-3")
  };
  private static final int PUTS_PER_MESSAGE = 4;

  private final GuardFixture fixture = new GuardFixture();
  private final List<String> metrics = new ArrayList<>();
  private final Guard guard =
      CompletionRetryTest.withMetrics(fixture.deduplicatingGuard(), metrics::add);
  private final SqsBatchFixture batch = new SqsBatchFixture(fixture, guard);
  private final TestContext context = fixture.context().remainingTime(Duration.ofSeconds(60));

  @ParameterizedTest
  @EnumSource(names = {"TRANSACTION_CONFLICT", "REPLICATED_WRITE_CONFLICT"})
  void firstMessageInContention_isWorkedOnAfterTheOthers(Fault fault) {
    fixture.table.faults().next(fault);
    assertThat(batch.run(context, THREE)).isEmpty();
    assertThat(fixture.processed).containsExactly("m-2", "m-3", "m-1");
    assertThat(metrics).singleElement().asString().contains("\"Contention\":1");
  }

  @ParameterizedTest
  @EnumSource(names = {"TRANSACTION_CONFLICT", "REPLICATED_WRITE_CONFLICT"})
  void contentionDuringTheWait_isRetriedWithABackoff(Fault fault) {
    fixture.table.faults().next(fault);
    passOthers();
    for (int i = 0; i < 5; i++) {
      fixture.table.faults().next(fault);
    }
    assertThat(batch.run(context, THREE)).isEmpty();
    assertThat(fixture.processed).containsExactly("m-2", "m-3", "m-1");
    assertThat(context.getRemainingTimeInMillis()).isBetween(58_500, 59_800);
  }

  @ParameterizedTest
  @EnumSource(names = {"TRANSACTION_CONFLICT", "REPLICATED_WRITE_CONFLICT"})
  void contentionToTheEnd_reportsOnlyThatMessage_withABoundedNumberOfRequests(Fault fault) {
    fixture.table.faults().next(fault);
    passOthers();
    fixture.table.faults().always(fault);
    assertThat(batch.run(context, THREE)).containsExactly("m-1");
    assertThat(fixture.processed).containsExactly("m-2", "m-3");
    assertThat(context.getRemainingTimeInMillis()).isPositive();
    assertThat(fixture.table.faults().injectedCount(fault)).isBetween(100, 250);
    assertThat(metrics).singleElement().asString().contains("\"Contention\":2");
  }

  private void passOthers() {
    for (int i = 0; i < (THREE.length - 1) * PUTS_PER_MESSAGE; i++) {
      fixture.table.faults().nextPasses();
    }
  }
}
