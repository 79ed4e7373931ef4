package dev.holdfast.lock.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogTextTest {
  private static final String EMOJI = "\uD83D\uDE00";

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "order-17, order-17",
        "a b, \"a b\"",
        "a=b, \"a=b\"",
        "a\"b\\c, \"a\\\"b\\\\c\"",
        "é, é",
        "注文-17, 注文-17",
        "``, \"\"",
      })
  void value_withDelimiters_isQuoted(String text, String logged) {
    assertThat(LogText.value(text)).isEqualTo(logged);
  }

  @Test
  void escape_everyCharacterThatHasNoImage_isEscaped() {
    IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
        .filter(LogTextTest::hasNoImage)
        .mapToObj(Character::toString)
        .forEach(
            text -> {
              assertThat(LogText.escape(text)).matches("(\\\\u[0-9a-f]{4})+");
              assertThat(LogText.value(text)).matches("\"(\\\\u[0-9a-f]{4})+\"");
              assertThat(LogText.message(text)).isEqualTo(LogText.escape(text));
              assertThat(LogText.singleLine(text, 9)).isEqualTo(" ");
            });
  }

  private static boolean hasNoImage(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }

  @Test
  void escape_ofLetters_changesNothing() {
    IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
        .filter(c -> Character.isLetterOrDigit(c) || c == ' ')
        .mapToObj(Character::toString)
        .forEach(text -> assertThat(LogText.escape(text)).isEqualTo(text));
  }

  @Test
  void quote_lineBreaks_areEscaped() {
    assertThat(LogText.quote("o-1\nWARN forged\u001b[31m\u0085\u009b\u2028\u202e\ud800"))
        .isEqualTo("'o-1\\u000aWARN forged\\u001b[31m\\u0085\\u009b\\u2028\\u202e\\ud800'");
  }

  @Test
  void escape_ofAnEscapedText_changesNothing() {
    String escaped = LogText.escape("a\nb");
    assertThat(LogText.message("lock '" + escaped + "' is lost")).contains("'a\\u000ab'");
  }

  @Test
  void value_longerThan300Characters_isCut() {
    assertThat(LogText.value("x".repeat(300))).hasSize(300);
    assertThat(LogText.value("x".repeat(301))).isEqualTo("x".repeat(300) + "…");
    assertThat(LogText.value(" ".repeat(240_136))).hasSize(303);
    assertThat(LogText.quote("x".repeat(240_136))).hasSize(303);
  }

  @Test
  void escape_cutBetweenCharacters_hasNoHalfCharacter() {
    assertThat(LogText.escape("x".repeat(299) + EMOJI)).isEqualTo("x".repeat(299) + "…");
    assertThat(LogText.escape("x".repeat(298) + EMOJI + "y"))
        .isEqualTo("x".repeat(298) + EMOJI + "…");
  }

  @Test
  void message_longerThan4000Characters_isCut() {
    assertThat(LogText.message("x".repeat(4_000))).hasSize(4_000);
    assertThat(LogText.message("x".repeat(4_001))).isEqualTo("x".repeat(4_000) + "…");
  }

  @Test
  void singleLine_ofSeveralLines_isOneLine() {
    assertThat(LogText.singleLine("mé\r\n\u0085\u2028level=ERROR  forged", 99))
        .isEqualTo("mé level=ERROR  forged");
  }
}
