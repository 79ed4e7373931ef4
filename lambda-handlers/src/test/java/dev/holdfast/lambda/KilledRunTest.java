package dev.holdfast.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.amazonaws.services.lambda.runtime.Context;
import dev.holdfast.lambda.testkit.InProcess;
import dev.holdfast.lambda.testkit.SampleEvents;
import dev.holdfast.lambda.testkit.TestContext;
import dev.holdfast.lock.Lease;
import dev.holdfast.lock.LockUnavailableException;
import dev.holdfast.testkit.Fault;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Sandboxes that are killed while they work, and the deliveries that follow. */
class KilledRunTest {
  private static final String RUN = SampleEvents.scheduleRule("e-1", "nightly");
  private static final Duration QUARTER = Duration.ofMinutes(15);

  private final Bench bench = new Bench();

  /**
   * A report that takes 5 s, or is killed then: whatever its sandbox sends is lost from there on.
   */
  private final class Nightly extends LockedEventBridgeHandler {
    private boolean killed = true;

    Nightly() {
      super(bench.remembering());
    }

    @Override
    protected void handle(EventBridgeEvent event, Lease lease, Context context) {
      bench.time.advance(Duration.ofSeconds(5));
      if (killed) {
        bench.table.faults().every(Fault.UNREACHABLE);
        throw new IllegalStateException("killed");
      }
      bench.work(event.id());
    }

    void invoke(TestContext context) throws IOException {
      InProcess.of(this).invoke(RUN, context);
    }
  }

  private Nightly killedOnce() {
    Nightly nightly = new Nightly();
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> nightly.invoke(bench.context().remaining(QUARTER)));
    bench.table.faults().clear();
    nightly.killed = false;
    return nightly;
  }

  @Test
  void scheduledRunKilledAtSecond5_isDoneByTheRetry_whichWaitsForTheDeadRunsLease()
      throws IOException {
    Instant deadline = bench.time.wall().plus(QUARTER);
    Nightly nightly = killedOnce();
    bench.time.advance(Duration.ofMinutes(1));
    nightly.invoke(bench.context().remaining(QUARTER));
    assertThat(bench.done).containsExactly("e-1");
    assertThat(bench.time.wall()).isAfter(deadline.plusSeconds(2));
  }

  @Test
  void scheduledRunKilledAtSecond5_retryThatCannotWaitSoLong_isNoSuccess() throws IOException {
    Nightly nightly = killedOnce();
    bench.time.advance(Duration.ofMinutes(1));
    TestContext retry = bench.context().remaining(Duration.ofMinutes(5));
    assertThatExceptionOfType(LockUnavailableException.class)
        .isThrownBy(() -> nightly.invoke(retry));
    assertThat(bench.done).isEmpty();
    bench.time.advance(QUARTER);
    nightly.invoke(bench.context().remaining(QUARTER));
    nightly.invoke(bench.context().remaining(QUARTER));
    assertThat(bench.done).as("in the end, and once").containsExactly("e-1");
  }

  @Test
  void workThatReturnsAtTheLastMoment_hasReleased() throws Exception {
    bench
        .guard()
        .call(
            "order-17",
            bench.context(),
            lease -> {
              bench.time.advance(Duration.ofMillis(2_999));
              return bench.work("done");
            });
    assertThat(bench.table.rows()).isEmpty();
  }

  @Test
  void batchWhoseSandboxIsKilled_isHandledByTheNextDelivery_butNotWhatWasDone() {
    Guard guard = bench.remembering();
    Batch batch = new Batch(bench, guard);
    batch.run(Batch.message(1, "order-1"));
    guard.eachMessage(
        Batch.event(Batch.message(2, "order-2")),
        bench.context(),
        m -> m.getBody(),
        (m, lease) -> bench.table.faults().every(Fault.UNREACHABLE));
    bench.table.faults().clear();
    bench.time.advance(Duration.ofSeconds(30));
    assertThat(batch.run(Batch.message(1, "order-1"), Batch.message(2, "order-2"))).isEmpty();
    assertThat(bench.done).containsExactly("m-1", "m-2");
  }
}
