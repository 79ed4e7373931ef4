package dev.holdfast.lock.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lock.protocol.Reply.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExchangeTest {
  private final Exchange exchange = Exchange.of(Timeline.tryOnce().start().sent().write());

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"THROTTLED", "NO_ANSWER", "INTERRUPTED"})
  void lostAnswer_isAskedForOnceMore_andNoMore(Fault fault) {
    Exchange second = exchange.again(Timeline.failure(fault, true)).orElseThrow();
    assertThat(second.write()).isSameAs(exchange.write());
    assertThat(second.sends()).isEqualTo(2);
    assertThat(second.again(Timeline.failure(fault, true))).isEmpty();
  }

  @Test
  void permanentFailure_andAnyAnswer_stand() {
    assertThat(exchange.again(Timeline.failure(Fault.PERMANENT, false))).isEmpty();
    assertThat(exchange.again(new Reply.Refused(new Seen.NoRow()))).isEmpty();
  }

  @Test
  void certainFailure_afterAnUncertainOne_isUncertain() {
    Exchange second = exchange.again(Timeline.failure(Fault.NO_ANSWER, true)).orElseThrow();
    Reply concluded = second.conclude(Timeline.failure(Fault.PERMANENT, false));
    assertThat(((Reply.Failed) concluded).mayHaveApplied()).isTrue();
  }

  @Test
  void certainFailure_afterACertainOne_staysCertain() {
    Exchange second = exchange.again(Timeline.failure(Fault.THROTTLED, false)).orElseThrow();
    Reply.Failed last = Timeline.failure(Fault.THROTTLED, false);
    assertThat(second.conclude(last)).isEqualTo(last);
  }

  @Test
  void answer_standsAsItIs() {
    Exchange second = exchange.again(Timeline.failure(Fault.NO_ANSWER, true)).orElseThrow();
    Reply answer = new Reply.Refused(new Seen.NoRow());
    assertThat(second.conclude(answer)).isEqualTo(answer);
  }

  @Test
  void whatIsUncertainAlready_staysUncertain() {
    Exchange unsure = new Exchange(exchange.write(), 1, true);
    Exchange again = unsure.again(Timeline.failure(Fault.THROTTLED, false)).orElseThrow();
    assertThat(again.uncertain()).isTrue();
  }
}
