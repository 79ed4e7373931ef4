package dev.holdfast.lock.protocol;

import static dev.holdfast.lock.protocol.Timeline.nanos;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CallBudgetTest {
  private static final long FAR = nanos(86_400_000);

  @Test
  void attempt_isAQuarterOfTheLeaseWithinBounds() {
    assertThat(CallBudget.of(4_000, FAR).attemptNanos()).isEqualTo(nanos(1_000));
    assertThat(CallBudget.of(1_000, FAR).attemptNanos()).isEqualTo(nanos(500));
    assertThat(CallBudget.of(900_000, FAR).attemptNanos()).isEqualTo(nanos(2_000));
  }

  @Test
  void call_isHalfTheLease_orWhatTheCallerHasLeft() {
    assertThat(CallBudget.of(10_000, FAR).callNanos()).isEqualTo(nanos(5_000));
    assertThat(CallBudget.of(10_000, nanos(700)).callNanos()).isEqualTo(nanos(700));
    assertThat(CallBudget.of(10_000, nanos(700)).attemptNanos()).isEqualTo(nanos(700));
  }

  @Test
  void call_getsAMinimum_howeverLittleIsLeft() {
    assertThat(CallBudget.of(10_000, -5).callNanos()).isEqualTo(nanos(100));
  }

  @Test
  void once_isOneAttempt_orWhatTheCallerHasLeft() {
    assertThat(CallBudget.once(10_000, FAR).callNanos()).isEqualTo(nanos(2_000));
    assertThat(CallBudget.once(10_000, nanos(200)).callNanos()).isEqualTo(nanos(200));
  }

  @Test
  void polling_isBoundedByTheWait_butNotBelowOneAttempt() {
    assertThat(CallBudget.polling(10_000, nanos(3_000), FAR).callNanos()).isEqualTo(nanos(3_000));
    assertThat(CallBudget.polling(10_000, nanos(3), FAR).callNanos()).isEqualTo(nanos(2_000));
    assertThat(CallBudget.polling(1_000, 0, FAR).callNanos()).isEqualTo(nanos(500));
    assertThat(CallBudget.polling(900_000, -1, FAR).callNanos()).isEqualTo(nanos(2_000));
    assertThat(CallBudget.polling(10_000, nanos(3), nanos(200)).callNanos()).isEqualTo(nanos(200));
  }
}
