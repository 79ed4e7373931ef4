package dev.holdfast.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.holdfast.lambda.fixtures.GuardFixture;
import dev.holdfast.lambda.fixtures.SqsBatchFixture;
import dev.holdfast.lambda.testkit.TestContext;
import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.dynamodb.DynamoDbLockClient;
import dev.holdfast.testkit.Fault;
import dev.holdfast.testkit.RequestCounts;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests nested calls of guards in one thread. */
class NestedGuardTest {
  private final GuardFixture fixture = new GuardFixture();
  private final Guard guard = fixture.deduplicatingGuard();
  private final TestContext context = fixture.context();

  private String process(String resource) throws Exception {
    return guard.call(resource, context, lease -> fixture.process(resource));
  }

  private String processNested(String outer, String inner) throws Exception {
    return guard.call(outer, context, lease -> process(inner));
  }

  @Test
  void nestedCall_sameResource_failsWithoutWaiting() {
    assertThatIllegalStateException()
        .isThrownBy(() -> processNested("order-17", "order-17"))
        .withMessageContaining(
            "'order-17' is already held by this thread, which would wait for itself");
    assertThat(context.getRemainingTimeInMillis()).as("the call did not wait").isEqualTo(3_000);
    assertThat(fixture.counts().puts()).isEqualTo(1);
    assertThat(fixture.table.rows()).isEmpty();
  }

  @Test
  void nestedCall_sameResourceOfDerivedGuard_fails() {
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                guard.call(
                    "order-17",
                    context,
                    lease ->
                        guard
                            .consumer("other")
                            .call("order-17", context, inner -> fixture.process("never"))));
  }

  @Test
  void nestedCall_ofAnotherGuardOfTheSameClient_fails() {
    Guard second = Guard.on(fixture.lockClient).timeSource(fixture.time);
    assertNestedCallFails(second, 1);
  }

  @Test
  void nestedCall_ofAGuardWithItsOwnClient_failsAtItsFirstRequest() {
    LockClient otherClient =
        DynamoDbLockClient.create(fixture.table, "locks").withTimeSource(fixture.time);
    assertNestedCallFails(Guard.on(otherClient).timeSource(fixture.time), 2);
    assertNestedCallFails(Guard.on(otherClient).timeSource(fixture.time).maxWait(Duration.ZERO), 2);
  }

  private void assertNestedCallFails(Guard second, int puts) {
    RequestCounts before = fixture.counts();
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                guard.call(
                    "order-17",
                    context,
                    lease -> second.call("order-17", context, l -> fixture.process("never"))))
        .withMessageContaining("'order-17' is already held by this thread");
    assertThat(context.getRemainingTimeInMillis()).as("the call did not wait").isEqualTo(3_000);
    assertThat(fixture.counts().since(before).puts()).isEqualTo(puts);
    assertThat(fixture.processed).isEmpty();
    assertThat(fixture.table.rows()).isEmpty();
  }

  @Test
  void nestedCall_inAHandler_fails() {
    SqsBatchFixture batch = new SqsBatchFixture(fixture, guard);
    fixture.duringWork =
        () -> {
          fixture.duringWork = () -> {};
          assertThatIllegalStateException().isThrownBy(() -> process("order-17"));
        };
    assertThat(batch.run(SqsBatchFixture.message(1, "order-17"))).isEmpty();
    assertThat(fixture.processed).containsExactly("m-1");
  }

  @Test
  void nestedCall_sameEvent_fails() {
    Ids<String> ids = Ids.ofEvent(e -> e);
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                guard.call(
                    ids,
                    "e-1",
                    context,
                    lease -> guard.call(ids, "e-1", context, inner -> fixture.process("never"))));
  }

  @Test
  void nestedCall_anotherResource_runs_andReverseOrderAfterwards() throws Exception {
    processNested("order-17", "order-18");
    processNested("order-18", "order-17");
    assertThat(fixture.processed).containsExactly("order-18", "order-17");
  }

  @Test
  void nextCall_afterFailedWorkOrFailedRelease_runs() throws Exception {
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                guard.call(
                    "order-17",
                    context,
                    lease -> {
                      throw new IllegalStateException("no paper");
                    }));
    process("order-17");
    fixture.table.faults().nextPasses().next(Fault.DENIED);
    process("order-18");
    fixture.time.advance(Duration.ofSeconds(10));
    guard.call("order-18", fixture.context(), lease -> fixture.process("again"));
    assertThat(fixture.processed).isEqualTo(List.of("order-17", "order-18", "again"));
  }
}
