package dev.holdfast.lock.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lock.internal.protocol.Reply.FailureKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SendStateTest {
  private final SendState sendState = SendState.FIRST;

  @ParameterizedTest
  @EnumSource(
      value = FailureKind.class,
      names = {"THROTTLED", "CONTENTION", "NO_REPLY", "INTERRUPTED"})
  void lostReply_isResentExactlyOnce(FailureKind kind) {
    SendState second = sendState.retryAfter(Timeline.failure(kind, true), false).orElseThrow();
    assertThat(second.sends()).isEqualTo(2);
    assertThat(second.retryAfter(Timeline.failure(kind, true), false)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = FailureKind.class,
      names = {"THROTTLED", "CONTENTION", "NO_REPLY", "INTERRUPTED"})
  void passingFailure_beforeTheDeadline_isResentAgain(FailureKind kind) {
    SendState second = sendState.retryAfter(Timeline.failure(kind, true), true).orElseThrow();
    SendState third = second.retryAfter(Timeline.failure(kind, true), true).orElseThrow();
    assertThat(third.sends()).isEqualTo(3);
    assertThat(third.retryAfter(Timeline.failure(kind, true), false)).isEmpty();
  }

  @Test
  void backoff_startsAtOnceAfterALostReply_andGrows() {
    assertThat(sendState.backoffNanos(FailureKind.NO_REPLY, 1)).isZero();
    assertThat(sendState.backoffNanos(FailureKind.INTERRUPTED, 1)).isZero();
    assertThat(sendState.backoffNanos(FailureKind.THROTTLED, 1)).isEqualTo(25_000_000);
    assertThat(sendState.backoffNanos(FailureKind.CONTENTION, 0)).isEqualTo(12_500_000);
    assertThat(new SendState(2, true).backoffNanos(FailureKind.NO_REPLY, 1)).isEqualTo(50_000_000);
    assertThat(new SendState(9, true).backoffNanos(FailureKind.NO_REPLY, 1)).isEqualTo(400_000_000);
  }

  @Test
  void permanentFailure_orReply_isNotResent() {
    assertThat(sendState.retryAfter(Timeline.failure(FailureKind.PERMANENT, false), false))
        .isEmpty();
    assertThat(sendState.retryAfter(new Reply.Rejected(new RowSnapshot.NoRow()), true)).isEmpty();
  }

  @Test
  void certainFailure_afterAnUncertainOne_mayHaveApplied() {
    SendState second =
        sendState.retryAfter(Timeline.failure(FailureKind.NO_REPLY, true), false).orElseThrow();
    Reply concluded = second.finalReply(Timeline.failure(FailureKind.PERMANENT, false));
    assertThat(((Reply.Failed) concluded).mayHaveApplied()).isTrue();
  }

  @Test
  void certainFailure_afterACertainOne_hasNotApplied() {
    SendState second =
        sendState.retryAfter(Timeline.failure(FailureKind.THROTTLED, false), false).orElseThrow();
    Reply.Failed last = Timeline.failure(FailureKind.THROTTLED, false);
    assertThat(second.finalReply(last)).isEqualTo(last);
  }

  @Test
  void rejection_afterALostReply_isFinal() {
    SendState second =
        sendState.retryAfter(Timeline.failure(FailureKind.NO_REPLY, true), false).orElseThrow();
    Reply answer = new Reply.Rejected(new RowSnapshot.NoRow());
    assertThat(second.finalReply(answer)).isEqualTo(answer);
  }

  @Test
  void mayHaveApplied_afterACertainFailure_staysTrue() {
    SendState uncertain = new SendState(1, true);
    SendState again =
        uncertain.retryAfter(Timeline.failure(FailureKind.THROTTLED, false), false).orElseThrow();
    assertThat(again.mayHaveApplied()).isTrue();
  }
}
