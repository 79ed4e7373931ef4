package dev.holdfast.lock.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReplyCaseTest {
  private static final Path PAGE = Path.of("..", "docs", "semantics.md");

  @ParameterizedTest
  @EnumSource
  void semanticsPage_hasTheRowOfEachCase(ReplyCase replyCase) throws IOException {
    String cells =
        String.join(
            " | ",
            cell(replyCase.forAcquire(true, true), replyCase.forAcquire(true, false)),
            cell(replyCase.forAcquire(false, true), replyCase.forAcquire(false, false)),
            cell(replyCase.forHolder(true), replyCase.forHolder(false)));
    List<String> lines = Files.readAllLines(PAGE, StandardCharsets.UTF_8);
    assertThat(lines)
        .filteredOn(line -> line.startsWith("| `" + replyCase + "` |"))
        .singleElement()
        .asString()
        .endsWith("| " + cells + " |");
  }

  private static String cell(NextStep preferred, NextStep otherwise) {
    return preferred == otherwise ? text(preferred) : text(preferred) + ", else " + text(otherwise);
  }

  private static String text(NextStep step) {
    return step.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  @Test
  void holderWrite_isNeverReplacedByANewOne() {
    for (ReplyCase replyCase : ReplyCase.values()) {
      assertThat(replyCase.forHolder(true)).isIn(NextStep.RESEND, NextStep.END);
      assertThat(replyCase.forHolder(false)).isEqualTo(NextStep.END);
    }
  }

  @Test
  void completion_blocksUntilTheEndOfItsRetention() {
    Timeline t = Timeline.tryAcquire().start();
    LockRow row = t.otherRow(RowState.COMPLETED, "theirs", 0);
    t.advance(Timeline.LEASE_MILLIS - 1);
    assertThat(ReplyCase.of(row, 1, t.now())).isEqualTo(ReplyCase.BLOCKED_BY_COMPLETION);
    t.advance(1);
    assertThat(ReplyCase.of(row, 1, t.now())).isEqualTo(ReplyCase.BLOCKED_BY_AVAILABLE_ROW);
  }

  @Test
  void heldRow_blocksUntilItsTakeover() {
    Timeline t = Timeline.tryAcquire().start();
    LockRow row = t.otherRow(RowState.HELD, "theirs", 0);
    assertThat(ReplyCase.of(row, 1, t.now())).isEqualTo(ReplyCase.BLOCKED_BY_HOLDER);
    assertThat(ReplyCase.of(row, 0, t.now())).isEqualTo(ReplyCase.BLOCKED_BY_AVAILABLE_ROW);
  }
}
