package dev.holdfast.demo.checker;

import static dev.holdfast.demo.checker.LedgerEntries.end;
import static dev.holdfast.demo.checker.LedgerEntries.history;
import static dev.holdfast.demo.checker.LedgerEntries.rejected;
import static dev.holdfast.demo.checker.LedgerEntries.start;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Checks that a contradictory ledger is rejected. */
final class HistoryTest {

  @Test
  void create_endWithoutStart_isRejected() {
    assertThatThrownBy(() -> history(end(0, "s1", "a", "pay")))
        .hasMessage("history of order-17: attempt a has END after null");
  }

  @Test
  void create_secondStartOfAttempt_isRejected() {
    assertThatThrownBy(() -> history(start(0, "s1", "a", "pay"), start(1, "s1", "a", "pay")))
        .hasMessageContaining("attempt a has START after START");
  }

  @Test
  void create_secondEndOfAttempt_isRejected() {
    assertThatThrownBy(
            () ->
                history(
                    start(0, "s1", "a", "pay"),
                    end(1, "s1", "a", "pay"),
                    rejected(2, "s1", "a", "pay")))
        .hasMessageContaining("attempt a has REJECTED after END");
  }
}
