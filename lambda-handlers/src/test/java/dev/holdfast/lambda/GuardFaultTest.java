package dev.holdfast.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.lambda.testkit.TestContext;
import dev.holdfast.lock.LockAccessDeniedException;
import dev.holdfast.lock.LockTableUnreachableException;
import dev.holdfast.lock.LockThrottledException;
import dev.holdfast.testkit.Fault;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardFaultTest {
  private final Bench bench = new Bench();
  private final Guard guard = bench.guard();

  @Test
  void call_workThrows_itsExceptionComesOutAndTheLockIsFree() {
    IOException thrown = new IOException("printer on fire");

    assertThatThrownBy(
            () ->
                guard.call(
                    "order-17",
                    bench.context(),
                    lease -> {
                      throw thrown;
                    }))
        .isSameAs(thrown)
        .hasNoSuppressedExceptions();

    assertThat(bench.table.rows()).isEmpty();
  }

  @Test
  void call_workThrowsAndTheReleaseIsDenied_itsExceptionComesOutUnchanged() {
    IOException thrown = new IOException("printer on fire");
    bench.table.faults().nextPasses().every(Fault.DENIED);

    assertThatThrownBy(
            () ->
                guard.call(
                    "order-17",
                    bench.context(),
                    lease -> {
                      throw thrown;
                    }))
        .isSameAs(thrown)
        .hasNoSuppressedExceptions();
  }

  @Test
  void call_replyOfTheReleaseIsLost_isASuccess() throws Exception {
    bench.table.faults().nextPasses().nextReplyLost();
    String result = guard.call("order-17", bench.context(), lease -> bench.work("done"));
    assertThat(result).isEqualTo("done");
    assertThat(bench.state("order-17")).isNotEqualTo("HELD");
  }

  @Test
  void call_releaseDenied_isASuccess() throws Exception {
    bench.table.faults().nextPasses().nextDenied();
    String result = guard.call("order-17", bench.context(), lease -> bench.work("done"));
    assertThat(result).isEqualTo("done");
  }

  @Test
  void call_replyOfTheAcquireIsLost_worksOnce() throws Exception {
    bench.table.faults().nextReplyLost();
    guard.call("order-17", bench.context(), lease -> bench.work("done"));
    assertThat(bench.done).containsExactly("done");
  }

  @Test
  void call_accessDenied_nothingRuns() {
    bench.table.faults().every(Fault.DENIED);
    assertThatExceptionOfType(LockAccessDeniedException.class)
        .isThrownBy(() -> guard.call("order-17", bench.context(), lease -> bench.work("never")));
    assertThat(bench.done).isEmpty();
  }

  @Test
  void call_throttledForLong_nothingRuns() {
    bench.table.faults().every(Fault.THROTTLED);
    assertThatExceptionOfType(LockThrottledException.class)
        .isThrownBy(() -> guard.call("order-17", bench.context(), lease -> bench.work("never")));
    assertThat(bench.done).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0.6S", "PT3S", "PT30S"})
  void call_silentTable_nothingRunsAndTheCallsEndWithinTheInvocation(Duration left) {
    bench.table.faults().every(Fault.REQUEST_LOST);
    TestContext context = bench.context().remaining(left);

    assertThatExceptionOfType(LockTableUnreachableException.class)
        .isThrownBy(() -> guard.call("order-17", context, lease -> bench.work("never")));

    assertThat(bench.done).isEmpty();
    assertThat(context.getRemainingTimeInMillis()).isPositive();
  }
}
