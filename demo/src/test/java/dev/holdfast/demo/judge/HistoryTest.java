package dev.holdfast.demo.judge;

import static dev.holdfast.demo.judge.Line.begin;
import static dev.holdfast.demo.judge.Line.end;
import static dev.holdfast.demo.judge.Line.history;
import static dev.holdfast.demo.judge.Line.refused;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** A ledger that contradicts itself is not judged. */
final class HistoryTest {

  @Test
  void endWithoutBeginning_isRejected() {
    assertThatThrownBy(() -> history(end(0, "s1", "a", "pay")))
        .hasMessage("history of order-17: attempt a has END after null");
  }

  @Test
  void secondBeginningOfAnAttempt_isRejected() {
    assertThatThrownBy(() -> history(begin(0, "s1", "a", "pay"), begin(1, "s1", "a", "pay")))
        .hasMessageContaining("attempt a has BEGIN after BEGIN");
  }

  @Test
  void secondEndOfAnAttempt_isRejected() {
    assertThatThrownBy(
            () ->
                history(
                    begin(0, "s1", "a", "pay"),
                    end(1, "s1", "a", "pay"),
                    refused(2, "s1", "a", "pay")))
        .hasMessageContaining("attempt a has REFUSED after END");
  }
}
