package dev.holdfast.lock.internal.protocol;

import static dev.holdfast.lock.internal.protocol.Timeline.nanos;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CallTimeoutsTest {
  private static final long FAR = nanos(86_400_000);

  @Test
  void attemptTimeout_isAQuarterOfTheLease_withinBounds() {
    assertThat(CallTimeouts.of(4_000, FAR).attemptNanos()).isEqualTo(nanos(1_000));
    assertThat(CallTimeouts.of(1_000, FAR).attemptNanos()).isEqualTo(nanos(500));
    assertThat(CallTimeouts.of(900_000, FAR).attemptNanos()).isEqualTo(nanos(2_000));
  }

  @Test
  void callTimeout_isHalfTheLease_orTheRemainingTime() {
    assertThat(CallTimeouts.of(10_000, FAR).callNanos()).isEqualTo(nanos(5_000));
    assertThat(CallTimeouts.of(10_000, nanos(700)).callNanos()).isEqualTo(nanos(700));
    assertThat(CallTimeouts.of(10_000, nanos(700)).attemptNanos()).isEqualTo(nanos(700));
  }

  @Test
  void callTimeout_withoutTimeLeft_isTheMinimum() {
    assertThat(CallTimeouts.of(10_000, -5).callNanos()).isEqualTo(nanos(100));
  }

  @Test
  void singleAttempt_isTheAttemptTimeout_orTheRemainingTime() {
    assertThat(CallTimeouts.singleAttempt(10_000, FAR).callNanos()).isEqualTo(nanos(2_000));
    assertThat(CallTimeouts.singleAttempt(10_000, nanos(200)).callNanos()).isEqualTo(nanos(200));
  }

  @Test
  void whileWaiting_isBoundedByTheWait_butNotBelowOneAttempt() {
    assertThat(CallTimeouts.whileWaiting(10_000, nanos(3_000), FAR).callNanos())
        .isEqualTo(nanos(3_000));
    assertThat(CallTimeouts.whileWaiting(10_000, nanos(3), FAR).callNanos())
        .isEqualTo(nanos(2_000));
    assertThat(CallTimeouts.whileWaiting(1_000, 0, FAR).callNanos()).isEqualTo(nanos(500));
    assertThat(CallTimeouts.whileWaiting(900_000, -1, FAR).callNanos()).isEqualTo(nanos(2_000));
    assertThat(CallTimeouts.whileWaiting(10_000, nanos(3), nanos(200)).callNanos())
        .isEqualTo(nanos(200));
  }
}
