package dev.holdfast.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.lambda.fixtures.GuardFixture;
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
  private final GuardFixture fixture = new GuardFixture();
  private final Guard guard = fixture.guard();

  @Test
  void call_workThrows_rethrowsUnchangedAndReleasesTheLock() {
    IOException thrown = new IOException("printer on fire");

    assertThatThrownBy(
            () ->
                guard.call(
                    "order-17",
                    fixture.context(),
                    lease -> {
                      throw thrown;
                    }))
        .isSameAs(thrown)
        .hasNoSuppressedExceptions();

    assertThat(fixture.table.rows()).isEmpty();
  }

  @Test
  void call_workThrowsAndReleaseIsDenied_rethrowsUnchanged() {
    IOException thrown = new IOException("printer on fire");
    fixture.table.faults().nextPasses().always(Fault.DENIED);

    assertThatThrownBy(
            () ->
                guard.call(
                    "order-17",
                    fixture.context(),
                    lease -> {
                      throw thrown;
                    }))
        .isSameAs(thrown)
        .hasNoSuppressedExceptions();
  }

  @Test
  void call_releaseReplyLost_succeeds() throws Exception {
    fixture.table.faults().nextPasses().nextReplyLost();
    String result = guard.call("order-17", fixture.context(), lease -> fixture.process("done"));
    assertThat(result).isEqualTo("done");
    assertThat(fixture.lockState("order-17")).isNotEqualTo("HELD");
  }

  @Test
  void call_releaseDenied_succeeds() throws Exception {
    fixture.table.faults().nextPasses().nextDenied();
    String result = guard.call("order-17", fixture.context(), lease -> fixture.process("done"));
    assertThat(result).isEqualTo("done");
  }

  @Test
  void call_acquireReplyLost_runsOnce() throws Exception {
    fixture.table.faults().nextReplyLost();
    guard.call("order-17", fixture.context(), lease -> fixture.process("done"));
    assertThat(fixture.processed).containsExactly("done");
  }

  @Test
  void call_accessDenied_runsNothing() {
    fixture.table.faults().always(Fault.DENIED);
    assertThatExceptionOfType(LockAccessDeniedException.class)
        .isThrownBy(
            () -> guard.call("order-17", fixture.context(), lease -> fixture.process("never")));
    assertThat(fixture.processed).isEmpty();
  }

  @Test
  void call_throttledThroughout_runsNothing() {
    fixture.table.faults().always(Fault.THROTTLED);
    assertThatExceptionOfType(LockThrottledException.class)
        .isThrownBy(
            () -> guard.call("order-17", fixture.context(), lease -> fixture.process("never")));
    assertThat(fixture.processed).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0.6S", "PT3S", "PT30S"})
  void call_unreachableTable_failsWithinTheInvocation(Duration remaining) {
    fixture.table.faults().always(Fault.REQUEST_LOST);
    TestContext context = fixture.context().remainingTime(remaining);

    assertThatExceptionOfType(LockTableUnreachableException.class)
        .isThrownBy(() -> guard.call("order-17", context, lease -> fixture.process("never")));

    assertThat(fixture.processed).isEmpty();
    assertThat(context.getRemainingTimeInMillis()).isPositive();
  }
}
