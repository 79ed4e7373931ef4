package dev.holdfast.verification.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryCheckerTest {
  private static final String TWO_ACQUISITIONS = "acquired a k 1 10 20; acquired b k 2 30 40";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "two holders at once | observed-held a 21 22; observed-held a 60 61; observed-held b 41 42; observed-held b 50 51",
        "two holders at once | observed-held a 21 22; observed-held a 45 46; observed-held b 41 42; observed-held b 50 51",
        "two holders at once | observed-held b 41 42; observed-held b 90 91; observed-held a 50 51; observed-held a 60 61",
        "held again after it was not | observed-held a 21 22; observed-not-held a 30; observed-held a 31 32",
        "duplicate token | acquired c k 2 35 45",
        "token decreased | acquired c k 1 50 60; acquired d k 9 70 80",
        "token decreased | acquired c k 9 41 42; acquired d k 5 50 60",
        "acquired within the retention of a completion | completed a k 25 100",
        "acknowledged write lost | written a k 1; written b k 1",
        "acknowledged write lost | written a k 2; written a k 2",
        "acknowledged write not counted | written a k 1; written b k 2; written b k 3",
        "write by a stale holder | written b k 1; written a k 2",
        "register larger than the number of writes | written b k 1",
      })
  void inconsistentHistory_isRejected(String violation, String moreEvents) {
    assertThat(check(TWO_ACQUISITIONS + "; " + moreEvents))
        .anyMatch(line -> line.startsWith(violation));
  }

  @Test
  void overlappingHolders_withThirdInBetween_areAllReported() {
    assertThat(
            check(
                TWO_ACQUISITIONS
                    + "; acquired c k 3 50 60; observed-held a 21 22; observed-held a 99 100; observed-held b 41 42;"
                    + " observed-held b 43 44; observed-held c 70 71; observed-held c 80 81"))
        .contains("two holders at once: a and b", "two holders at once: a and c");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // sequential holds
        "observed-held a 21 22; observed-held a 28 29; observed-not-held a 30; observed-held b 41 42; observed-held b 50 51",
        // the interval of a is uncertain, so it may have ended before b
        "observed-held a 21 45; observed-held b 41 42; observed-held b 50 51",
        // holds of another lock
        "acquired c l 1 10 20; observed-held a 21 22; observed-held a 60 61; observed-held c 21 22; observed-held c 60 61",
        // concurrent requests: any order of tokens
        "acquired c k 9 45 60; acquired d k 5 50 70",
        // a request before the reply of the other
        "acquired c k 9 50 60; acquired d k 7 60 70",
        // after the retention, and a request before the reply of the completion
        "completed a k 22 35",
        "completed a k 30 100",
        // completion of another lock
        "completed a l 22 100",
        // an unacknowledged write may count or not
        "written a k 1; write-attempted b k",
        "write-attempted a k; write-attempted b k; written b k 2",
        "write-attempted a k; written a k 1; write-attempted b k; written b k 2",
      })
  void consistentHistory_isAccepted(String moreEvents) {
    assertThat(check(TWO_ACQUISITIONS + "; " + moreEvents)).isEmpty();
  }

  @Test
  void eventOfUnknownHold_isRejected() {
    assertThatThrownBy(() -> check("observed-held z 1 2"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("z");
  }

  /** Checks a history in which every register that was written ends at 2. */
  private static List<String> check(String lines) {
    List<String> eventLines = List.of(lines.split("; *", -1));
    List<HistoryEvent> events = eventLines.stream().map(HistoryEvent::parse).toList();
    assertThat(events.stream().map(HistoryEvent::toLine)).isEqualTo(eventLines);
    Map<String, Long> registers = lines.contains("written") ? Map.of("k", 2L) : Map.of();
    return new HistoryChecker(events, registers).violations();
  }
}
