package dev.holdfast.lock.protocol;

import static dev.holdfast.lock.protocol.Timeline.nanos;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WaitingTest {
  private static final long FAR = Long.MAX_VALUE;

  @Test
  void intervals_doubleUpToABound() {
    assertThat(Waiting.pauseNanos(1, FAR, FAR, 1)).isEqualTo(nanos(25));
    assertThat(Waiting.pauseNanos(2, FAR, FAR, 1)).isEqualTo(nanos(50));
    assertThat(Waiting.pauseNanos(5, FAR, FAR, 1)).isEqualTo(nanos(400));
    assertThat(Waiting.pauseNanos(1_000_000, FAR, FAR, 1)).isEqualTo(nanos(400));
  }

  @Test
  void jitter_shortensDownToHalf() {
    assertThat(Waiting.pauseNanos(3, FAR, FAR, 0)).isEqualTo(nanos(50));
    assertThat(Waiting.pauseNanos(3, FAR, FAR, 0.5)).isEqualTo(nanos(75));
  }

  @Test
  void pause_neverReachesPastTheTakeOver() {
    assertThat(Waiting.pauseNanos(5, nanos(7), FAR, 1)).isEqualTo(nanos(7));
  }

  @Test
  void pause_beforeATakeOverThatIsDue_stillLeavesTheTableAMillisecond() {
    assertThat(Waiting.pauseNanos(5, -nanos(9), FAR, 1)).isEqualTo(nanos(1));
  }

  @Test
  void pause_neverReachesPastTheDeadline() {
    assertThat(Waiting.pauseNanos(5, FAR, nanos(3), 1)).isEqualTo(nanos(3));
    assertThat(Waiting.pauseNanos(5, nanos(7), 10, 1)).isEqualTo(10);
    assertThat(Waiting.pauseNanos(5, FAR, -1, 1)).isZero();
  }
}
