package dev.holdfast.lock.internal.protocol;

import static dev.holdfast.lock.internal.protocol.Timeline.nanos;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallTimeoutsTest {
  private static final long ONE_DAY = nanos(86_400_000);

  @Test
  void attemptTimeout_isAQuarterOfTheLease_withinBounds() {
    assertThat(CallTimeouts.of(4_000, ONE_DAY).attemptNanos()).isEqualTo(nanos(1_000));
    assertThat(CallTimeouts.of(1_000, ONE_DAY).attemptNanos()).isEqualTo(nanos(500));
    assertThat(CallTimeouts.of(900_000, ONE_DAY).attemptNanos()).isEqualTo(nanos(2_000));
  }

  @Test
  void callTimeout_isHalfTheLease_orTheRemainingTime() {
    assertThat(CallTimeouts.of(10_000, ONE_DAY).callNanos()).isEqualTo(nanos(5_000));
    assertThat(CallTimeouts.of(10_000, nanos(700)).callNanos()).isEqualTo(nanos(700));
    assertThat(CallTimeouts.of(10_000, nanos(700)).attemptNanos()).isEqualTo(nanos(700));
  }

  @Test
  void callTimeout_withoutTimeLeft_isTheMinimum() {
    assertThat(CallTimeouts.of(10_000, -5).callNanos()).isEqualTo(nanos(100));
  }

  @Test
  void singleAttempt_isTheAttemptTimeout_orTheRemainingTime() {
    assertThat(CallTimeouts.singleAttempt(10_000, ONE_DAY).callNanos()).isEqualTo(nanos(2_000));
    assertThat(CallTimeouts.singleAttempt(10_000, nanos(200)).callNanos()).isEqualTo(nanos(200));
  }

  @Test
  void firstSend_takesHalfOfTheTime_soThatTheResendHasTheRest() {
    assertThat(CallTimeouts.firstSend(10_000, ONE_DAY).callNanos()).isEqualTo(nanos(2_500));
    assertThat(CallTimeouts.firstSend(10_000, ONE_DAY).attemptNanos()).isEqualTo(nanos(2_000));
    assertThat(CallTimeouts.firstSend(10_000, nanos(900)).callNanos()).isEqualTo(nanos(450));
    assertThat(CallTimeouts.firstSend(10_000, -5).callNanos()).isEqualTo(nanos(100));
    assertThat(CallTimeouts.resend(10_000, ONE_DAY, nanos(2_500)).callNanos())
        .isEqualTo(nanos(2_500));
    assertThat(CallTimeouts.resend(10_000, nanos(700), nanos(30)).callNanos())
        .isEqualTo(nanos(700));
    assertThat(CallTimeouts.resend(10_000, ONE_DAY, nanos(4_990)).callNanos())
        .isEqualTo(nanos(100));
  }

  @ParameterizedTest
  @ValueSource(longs = {1_000, 2_000, 3_600, 10_000, 86_400_000})
  void bothSends_takeHalfTheLease(long leaseMillis) {
    long first = CallTimeouts.firstSend(leaseMillis, ONE_DAY * 10).callNanos();
    assertThat(CallTimeouts.allowsResend(leaseMillis, first)).isTrue();
    long second = CallTimeouts.resend(leaseMillis, ONE_DAY * 10, first).callNanos();
    assertThat(first + second).isEqualTo(nanos(leaseMillis / 2));
    assertThat(CallTimeouts.allowsResend(leaseMillis, first + second)).isFalse();
  }

  @Test
  void withinWait_isBoundedByTheWait_butNotBelowOneAttempt() {
    assertThat(withinWait(10_000, nanos(2_200))).isEqualTo(nanos(2_200));
    assertThat(withinWait(10_000, nanos(3))).isEqualTo(nanos(2_000));
    assertThat(withinWait(900_000, -1)).isEqualTo(nanos(2_000));
    assertThat(withinWait(2_000, 0)).isEqualTo(nanos(500));
    assertThat(withinWait(1_000, 0)).isEqualTo(nanos(250));
    assertThat(CallTimeouts.firstSend(10_000, nanos(400)).withinWait(10_000, nanos(3)).callNanos())
        .isEqualTo(nanos(200));
  }

  private static long withinWait(long leaseMillis, long remainingWaitNanos) {
    return CallTimeouts.firstSend(leaseMillis, ONE_DAY)
        .withinWait(leaseMillis, remainingWaitNanos)
        .callNanos();
  }
}
