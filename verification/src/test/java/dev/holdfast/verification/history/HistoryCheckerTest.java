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
  private static final String TWO_ACQUISITIONS = "granted a k 1 10 20; granted b k 2 30 40";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "two holders at once | believed a 21 22; believed a 60 61; believed b 41 42; believed b 50 51",
        "two holders at once | believed a 21 22; believed a 45 46; believed b 41 42; believed b 50 51",
        "two holders at once | believed b 41 42; believed b 90 91; believed a 50 51; believed a 60 61",
        "believed in again | believed a 21 22; doubted a 30; believed a 31 32",
        "a token was given twice | granted c k 2 35 45",
        "a token fell | granted c k 1 50 60; granted d k 9 70 80",
        "a token fell | granted c k 9 41 42; granted d k 5 50 60",
        "granted inside the window | completed a k 25 100",
        "an acknowledged write was lost | written a k 1; written b k 1",
        "an acknowledged write was lost | written a k 2; written a k 2",
        "an acknowledged write is not counted | written a k 1; written b k 2; written b k 3",
        "a stale holder wrote | written b k 1; written a k 2",
        "counted more than was written | written b k 1",
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
                    + "; granted c k 3 50 60; believed a 21 22; believed a 99 100; believed b 41 42;"
                    + " believed b 43 44; believed c 70 71; believed c 80 81"))
        .contains("two holders at once: a and b", "two holders at once: a and c");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // one after the other
        "believed a 21 22; believed a 28 29; doubted a 30; believed b 41 42; believed b 50 51",
        // a believed for a time that is not certain, so it may have ended before b
        "believed a 21 45; believed b 41 42; believed b 50 51",
        // another lock
        "granted c l 1 10 20; believed a 21 22; believed a 60 61; believed c 21 22; believed c 60 61",
        // asked at the same time: any order of tokens
        "granted c k 9 45 60; granted d k 5 50 70",
        // asked while the other one was answered
        "granted c k 9 50 60; granted d k 7 60 70",
        // after the window, and asked before the completion was answered
        "completed a k 22 35",
        "completed a k 30 100",
        // of another lock
        "completed a l 22 100",
        // an unanswered write may count or not
        "written a k 1; attempted b k",
        "attempted a k; attempted b k; written b k 2",
        "attempted a k; written a k 1; attempted b k; written b k 2",
      })
  void consistentHistory_isAccepted(String moreEvents) {
    assertThat(check(TWO_ACQUISITIONS + "; " + moreEvents)).isEmpty();
  }

  @Test
  void eventOfUnknownHold_isRejected() {
    assertThatThrownBy(() -> check("believed z 1 2"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("z");
  }

  /** All registers say 2 in the end, if anybody wrote. */
  private static List<String> check(String lines) {
    List<String> eventLines = List.of(lines.split("; *", -1));
    List<HistoryEvent> events = eventLines.stream().map(HistoryEvent::parse).toList();
    assertThat(events.stream().map(HistoryEvent::toLine)).isEqualTo(eventLines);
    Map<String, Long> registers = lines.contains("written") ? Map.of("k", 2L) : Map.of();
    return new HistoryChecker(events, registers).violations();
  }
}
