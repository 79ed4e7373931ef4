package dev.holdfast.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.amazonaws.services.lambda.runtime.Context;
import dev.holdfast.lambda.fixtures.GuardFixture;
import dev.holdfast.lambda.fixtures.SqsBatchFixture;
import dev.holdfast.lambda.model.EventBridgeEvent;
import dev.holdfast.lambda.testkit.InProcessInvoker;
import dev.holdfast.lambda.testkit.SampleEvents;
import dev.holdfast.lambda.testkit.TestContext;
import dev.holdfast.lock.Lease;
import dev.holdfast.lock.LockUnavailableException;
import dev.holdfast.testkit.Fault;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Tests execution environments that are killed during work, and the deliveries that follow. */
class KilledInvocationTest {
  private static final String SCHEDULED_EVENT = SampleEvents.scheduledRule("e-1", "nightly");
  private static final Duration TIMEOUT = Duration.ofMinutes(15);

  private final GuardFixture fixture = new GuardFixture();

  /**
   * Handler whose work takes 5 s, or is killed after 5 s. All later requests of its execution
   * environment are lost.
   */
  private final class NightlyReportHandler extends LockedEventBridgeHandler {
    private boolean killed = true;

    NightlyReportHandler() {
      super(fixture.deduplicatingGuard());
    }

    @Override
    protected void handle(EventBridgeEvent event, Lease lease, Context context) {
      fixture.time.advance(Duration.ofSeconds(5));
      if (killed) {
        fixture.table.faults().always(Fault.UNREACHABLE);
        Thread.currentThread().interrupt(); // ends the retries of the release
        throw new IllegalStateException("killed");
      }
      fixture.process(event.id());
    }

    void invoke(TestContext context) throws IOException {
      InProcessInvoker.of(this).invoke(SCHEDULED_EVENT, context);
    }
  }

  private NightlyReportHandler killedHandler() {
    NightlyReportHandler handler = new NightlyReportHandler();
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> handler.invoke(fixture.context().remainingTime(TIMEOUT)));
    assertThat(Thread.interrupted()).isTrue();
    fixture.table.faults().clear();
    handler.killed = false;
    return handler;
  }

  @Test
  void scheduledEvent_killedInvocation_retryWaitsForLeaseExpiry() throws IOException {
    Instant deadline = fixture.time.wallTime().plus(TIMEOUT);
    NightlyReportHandler handler = killedHandler();
    fixture.time.advance(Duration.ofMinutes(1));
    handler.invoke(fixture.context().remainingTime(TIMEOUT));
    assertThat(fixture.processed).containsExactly("e-1");
    assertThat(fixture.time.wallTime()).isAfter(deadline.plusSeconds(2));
  }

  @Test
  void scheduledEvent_killedInvocation_shortRetryFails() throws IOException {
    NightlyReportHandler handler = killedHandler();
    fixture.time.advance(Duration.ofMinutes(1));
    TestContext retry = fixture.context().remainingTime(Duration.ofMinutes(5));
    assertThatExceptionOfType(LockUnavailableException.class)
        .isThrownBy(() -> handler.invoke(retry));
    assertThat(fixture.processed).isEmpty();
    fixture.time.advance(TIMEOUT);
    handler.invoke(fixture.context().remainingTime(TIMEOUT));
    handler.invoke(fixture.context().remainingTime(TIMEOUT));
    assertThat(fixture.processed).as("processed exactly once").containsExactly("e-1");
  }

  @Test
  void work_returnsJustBeforeTheDeadline_releasesTheLock() throws Exception {
    fixture
        .guard()
        .call(
            "order-17",
            fixture.context(),
            lease -> {
              fixture.time.advance(Duration.ofMillis(2_999));
              return fixture.process("done");
            });
    assertThat(fixture.table.rows()).isEmpty();
  }

  @Test
  void batch_killedInvocation_redeliveryProcessesOnlyUncompletedMessages() {
    Guard guard = fixture.deduplicatingGuard();
    SqsBatchFixture batch = new SqsBatchFixture(fixture, guard);
    batch.run(SqsBatchFixture.message(1, "order-1"));
    guard.processBatch(
        SqsBatchFixture.event(SqsBatchFixture.message(2, "order-2")),
        fixture.context(),
        message -> message.getBody(),
        (message, lease) -> fixture.table.faults().always(Fault.UNREACHABLE));
    fixture.table.faults().clear();
    fixture.time.advance(Duration.ofSeconds(30));
    assertThat(
            batch.run(SqsBatchFixture.message(1, "order-1"), SqsBatchFixture.message(2, "order-2")))
        .isEmpty();
    assertThat(fixture.processed).containsExactly("m-1", "m-2");
  }
}
