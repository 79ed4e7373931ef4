package dev.holdfast.lambda.internal.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.holdfast.lambda.Ids;
import dev.holdfast.lambda.fixtures.GuardFixture;
import dev.holdfast.lambda.internal.keys.KeySettings;
import dev.holdfast.lambda.internal.time.Invocation;
import dev.holdfast.lambda.internal.time.TimeBudget;
import dev.holdfast.lambda.testkit.TestContext;
import dev.holdfast.lock.AlreadyCompletedException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuardConfigTest {
  private final GuardFixture fixture = new GuardFixture();

  private static Duration millis(long value) {
    return Duration.ofMillis(value);
  }

  @Test
  void defaults_areGrace1sMinRemaining500msWithoutDeduplication() {
    TimeBudget time = GuardConfig.DEFAULT.timeBudget();
    assertThat(time.timeoutGrace()).isEqualTo(Duration.ofSeconds(1));
    assertThat(time.minRemainingTime()).isEqualTo(millis(500));
    assertThat(time.maxWaitOrLongest()).isEqualTo(Duration.ofHours(24));
    assertThat(GuardConfig.DEFAULT.deduplication()).isEmpty();
    assertThat(GuardConfig.DEFAULT.keySettings().prefix()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0.999S", "PT0S", "PT-1S", "P3661D", "P3660DT0.001S"})
  void retention_outOfRange_isRefused(Duration retention) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fixture.guard().deduplicating(retention))
        .withMessage("retention must be from 1 s to 3660 days, got " + retention);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT1S", "P3660D"})
  void retention_atItsBounds_isAccepted(Duration retention) throws Exception {
    fixture
        .guard()
        .deduplicating(retention)
        .call(Ids.ofEvent(e -> e), "e-1", fixture.context(), lease -> fixture.process("done"));
    assertThat(fixture.lockState("test-function:e-1#13,3#event")).isEqualTo("COMPLETED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT-0.001S", "PT24H0.001S"})
  void timeOption_outOfRange_isRefusedByName(Duration value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TimeBudget.DEFAULT.withTimeoutGrace(value))
        .withMessage("timeout grace must be from 0 to 24 h, got " + value);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TimeBudget.DEFAULT.withMinRemainingTime(value))
        .withMessage("minimum remaining time must be from 0 to 24 h, got " + value);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TimeBudget.DEFAULT.withMaxWait(value))
        .withMessage("maximum wait must be from 0 to 24 h, got " + value);
  }

  @Test
  void call_sameEventTwice_runsOnceAndThrowsAlreadyCompleted() throws Exception {
    Ids<String> ids = Ids.<String>ofResource(e -> "order").andEvent(e -> e);
    fixture
        .deduplicatingGuard()
        .call(ids, "e-1", fixture.context(), lease -> fixture.process("done"));
    assertThatExceptionOfType(AlreadyCompletedException.class)
        .isThrownBy(
            () ->
                fixture
                    .deduplicatingGuard()
                    .call(ids, "e-1", fixture.context(), lease -> fixture.process("never")));
    assertThat(fixture.processed).containsExactly("done");
  }

  @Test
  void call_eventIdWithoutDeduplication_isRefused() {
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                fixture
                    .guard()
                    .call(
                        Ids.ofEvent(e -> e),
                        "e-1",
                        fixture.context(),
                        lease -> fixture.process("no")))
        .withMessageContaining("Guard.deduplicating");
    assertThat(fixture.counts().puts()).isZero();
  }

  @Test
  void consumer_default_isTheFunctionName() {
    Invocation invocation = new Invocation(fixture.context().functionName("ship"));
    assertThat(KeySettings.DEFAULT.eventKey("e-1", invocation)).isEqualTo("ship:e-1#4,3#event");
    assertThat(KeySettings.DEFAULT.withConsumer("orders").eventKey("e-1", invocation))
        .isEqualTo("orders:e-1#6,3#event");
  }

  @Test
  void consumer_noFunctionName_failsWithAdvice() {
    TestContext context = fixture.context().functionName("");
    assertThatIllegalStateException()
        .isThrownBy(() -> KeySettings.DEFAULT.eventKey("e-1", new Invocation(context)))
        .withMessageContaining("set Guard.consumer");
  }

  @ParameterizedTest
  @CsvSource({"0, 1002", "1, 1003", "998, 2000", "999, 2002", "3000, 4005", "899000, 900901"})
  void leaseDuration_isRemainingTimePlusGracePlusSafetyMargin(long remaining, long lease) {
    Duration actual = TimeBudget.DEFAULT.leaseDuration(millis(remaining));
    assertThat(actual).isEqualTo(millis(lease));
    assertThat(actual.toMillis() * 999).isGreaterThanOrEqualTo((remaining + 1_000) * 1_000);
  }

  @Test
  void leaseDuration_isAtLeast1sAndAtMost24h() {
    assertThat(TimeBudget.DEFAULT.withTimeoutGrace(Duration.ZERO).leaseDuration(millis(5)))
        .isEqualTo(Duration.ofSeconds(1));
    assertThat(TimeBudget.DEFAULT.withTimeoutGrace(Duration.ofHours(24)).leaseDuration(millis(5)))
        .isEqualTo(Duration.ofHours(24));
  }

  @ParameterizedTest
  @CsvSource({"3000, 10000, 2500", "3000, 1000, 1000", "500, 1000, 0", "100, 1000, 0"})
  void maxWait_leavesTimeForTheWork(long remaining, long maxWait, long expected) {
    assertThat(TimeBudget.DEFAULT.waitTime(millis(remaining), millis(maxWait)))
        .isEqualTo(millis(expected));
  }

  @ParameterizedTest
  @CsvSource({"3000, 2750", "250, 0", "10, 0"})
  void requestDeadline_leavesTimeForTheResponse(long remaining, long expected) {
    assertThat(TimeBudget.DEFAULT.requestDeadline(millis(remaining))).isEqualTo(millis(expected));
  }

  @Test
  void minRemainingTime_raisedToASmallerValue_isUnchanged() {
    assertThat(TimeBudget.DEFAULT.withMinRemainingTimeAtLeast(millis(400)).minRemainingTime())
        .isEqualTo(millis(500));
    assertThat(TimeBudget.DEFAULT.withMinRemainingTimeAtLeast(millis(600)).minRemainingTime())
        .isEqualTo(millis(600));
  }
}
