package dev.holdfast.demo.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.holdfast.demo.judge.Entry;
import dev.holdfast.demo.judge.Entry.Kind;
import dev.holdfast.demo.plan.Plan;
import dev.holdfast.demo.plan.PlannedMessage;
import dev.holdfast.demo.plan.PlannedWork;
import dev.holdfast.demo.plan.Redelivery;
import dev.holdfast.testkit.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StrikeTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Entry BEGIN = new Entry(Kind.BEGIN, "a", "pay", "sandbox-1", START);

  private final Plan plan =
      new Plan(1, List.of(message("order-1", 0), message("order-2", 6_000)), List.of());
  private final Strike strike = new Strike(plan, Duration.ofSeconds(2));

  @Test
  void picks_first_anOrderThatIsAskedForAgainSoon() {
    assertThat(strike.picks("order-1", BEGIN, Duration.ofMillis(2_500))).isFalse();
    assertThat(strike.picks("order-2", BEGIN, Duration.ofMillis(2_500))).isTrue();
    assertThat(strike.hits("sandbox-1")).isTrue();
  }

  @Test
  void picks_tooEarly_isFalse() {
    assertThat(strike.picks("order-2", BEGIN, Duration.ofMillis(1_999))).isFalse();
    assertThat(strike.hits("sandbox-1")).isFalse();
  }

  @Test
  void picks_afterAWhile_anyOrderButNothingElse() {
    assertThat(strike.picks("nightly-report", BEGIN, Duration.ofSeconds(6))).isFalse();
    assertThat(strike.picks("order-1", BEGIN, Duration.ofSeconds(6))).isTrue();
  }

  @Test
  void picks_once() {
    assertThat(strike.picks("order-1", BEGIN, Duration.ofSeconds(6))).isTrue();
    assertThat(strike.picks("order-1", BEGIN, Duration.ofSeconds(6))).isFalse();
  }

  @Test
  void await_nothingBegins_saysSo() {
    RunClock clock = RunClock.startingNow(ManualTime.at(START));
    assertThatIllegalStateException()
        .isThrownBy(() -> strike.await(clock))
        .withMessage("no sandbox began any work within 20 s");
  }

  @Test
  void await_struck_isTheMishap() throws InterruptedException {
    Mishap mishap = new Mishap("order-1", BEGIN, START, START);
    strike.struck(mishap);
    assertThat(strike.await(RunClock.startingNow(ManualTime.at(START)))).isEqualTo(mishap);
  }

  private static PlannedMessage message(String subject, long sendAtMillis) {
    PlannedWork work = new PlannedWork(subject, "pay", "id", Duration.ofMillis(50));
    return new PlannedMessage(work, 1, Duration.ofMillis(sendAtMillis), Redelivery.NONE);
  }
}
