package dev.holdfast.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.holdfast.lambda.testkit.TestContext;
import dev.holdfast.lock.AlreadyDoneException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  private final Bench bench = new Bench();

  private static Duration millis(long value) {
    return Duration.ofMillis(value);
  }

  @Test
  void defaults_areGrace1sNeeded500msAndNothingRemembered() {
    TimePolicy time = Settings.DEFAULT.time();
    assertThat(time.grace()).isEqualTo(Duration.ofSeconds(1));
    assertThat(time.needed()).isEqualTo(millis(500));
    assertThat(time.longestWait()).isEqualTo(Duration.ofHours(24));
    assertThat(Settings.DEFAULT.remembering()).isEmpty();
    assertThat(Settings.DEFAULT.naming().prefix()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0.999S", "PT0S", "PT-1S", "P3661D", "P3660DT0.001S"})
  void window_outOfRange_isRefused(Duration window) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> bench.guard().rememberingEvents(window))
        .withMessage("window must be from 1 s to 3660 days, got " + window);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT1S", "P3660D"})
  void window_atItsEnds_isRemembered(Duration window) throws Exception {
    bench
        .guard()
        .rememberingEvents(window)
        .call(Ids.ofEvent(e -> e), "e-1", bench.context(), lease -> bench.work("done"));
    assertThat(bench.state("test-function:e-1#13,3#event")).isEqualTo("DONE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT-0.001S", "PT24H0.001S"})
  void time_outOfRange_isRefusedByItsName(Duration value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TimePolicy.DEFAULT.withGrace(value))
        .withMessage("grace must be from 0 to 24 h, got " + value);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TimePolicy.DEFAULT.withNeeded(value))
        .withMessage("timeNeeded must be from 0 to 24 h, got " + value);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TimePolicy.DEFAULT.withWaitMax(value))
        .withMessage("waitUpTo must be from 0 to 24 h, got " + value);
  }

  @Test
  void call_eventTwice_worksOnceAndSaysSo() throws Exception {
    Ids<String> ids = Ids.<String>ofResource(e -> "order").andEvent(e -> e);
    bench.remembering().call(ids, "e-1", bench.context(), lease -> bench.work("done"));
    assertThatExceptionOfType(AlreadyDoneException.class)
        .isThrownBy(
            () ->
                bench
                    .remembering()
                    .call(ids, "e-1", bench.context(), lease -> bench.work("never")));
    assertThat(bench.done).containsExactly("done");
  }

  @Test
  void call_idsButNothingRemembered_isRefused() {
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                bench
                    .guard()
                    .call(Ids.ofEvent(e -> e), "e-1", bench.context(), lease -> bench.work("no")))
        .withMessageContaining("Guard.rememberingEvents");
    assertThat(bench.counts().puts()).isZero();
  }

  @Test
  void consumer_isTheFunctionUnlessSet() {
    Invocation invocation = new Invocation(bench.context().functionName("ship"));
    assertThat(Naming.DEFAULT.eventKey("e-1", invocation)).isEqualTo("ship:e-1#4,3#event");
    assertThat(Naming.DEFAULT.withConsumer("orders").eventKey("e-1", invocation))
        .isEqualTo("orders:e-1#6,3#event");
  }

  @Test
  void consumer_contextWithoutAFunction_saysWhatToSet() {
    TestContext nameless = bench.context().functionName("");
    assertThatIllegalStateException()
        .isThrownBy(() -> Naming.DEFAULT.eventKey("e-1", new Invocation(nameless)))
        .withMessageContaining("set Guard.consumer");
  }

  @ParameterizedTest
  @CsvSource({"0, 1002", "1, 1003", "998, 2000", "999, 2002", "3000, 4005", "899000, 900901"})
  void lease_isTheTimeLeftAndTheGraceAndWhatAHolderDoesNotBelieve(long left, long lease) {
    Duration given = TimePolicy.DEFAULT.lease(millis(left));
    assertThat(given).isEqualTo(millis(lease));
    assertThat(given.toMillis() * 999).isGreaterThanOrEqualTo((left + 1_000) * 1_000);
  }

  @Test
  void lease_isAtLeast1sAndAtMost24h() {
    assertThat(TimePolicy.DEFAULT.withGrace(Duration.ZERO).lease(millis(5)))
        .isEqualTo(Duration.ofSeconds(1));
    assertThat(TimePolicy.DEFAULT.withGrace(Duration.ofHours(24)).lease(millis(5)))
        .isEqualTo(Duration.ofHours(24));
  }

  @ParameterizedTest
  @CsvSource({"3000, 10000, 2500", "3000, 1000, 1000", "500, 1000, 0", "100, 1000, 0"})
  void wait_leavesTimeForTheWork(long left, long bound, long wait) {
    assertThat(TimePolicy.DEFAULT.wait(millis(left), millis(bound))).isEqualTo(millis(wait));
  }

  @ParameterizedTest
  @CsvSource({"3000, 2750", "250, 0", "10, 0"})
  void calls_leaveTimeForTheAnswer(long left, long calls) {
    assertThat(TimePolicy.DEFAULT.calls(millis(left))).isEqualTo(millis(calls));
  }

  @Test
  void needingAtLeast_neverShrinks() {
    assertThat(TimePolicy.DEFAULT.needingAtLeast(millis(400)).needed()).isEqualTo(millis(500));
    assertThat(TimePolicy.DEFAULT.needingAtLeast(millis(600)).needed()).isEqualTo(millis(600));
  }
}
