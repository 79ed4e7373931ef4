package dev.holdfast.lambda.internal.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.holdfast.lambda.error.InvalidEventException;
import dev.holdfast.lambda.internal.json.JsonTreeReader;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdPointerTest {

  private static String id(String pointer, String json) {
    return new IdPointer("HOLDFAST_RESOURCE_ID", pointer)
        .readId(JsonTreeReader.read(json.getBytes(UTF_8), "JSON"));
  }

  private static String errorMessage(String pointer, String json) {
    return String.valueOf(
        assertThatExceptionOfType(InvalidEventException.class)
            .isThrownBy(() -> id(pointer, json))
            .actual()
            .getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      quoteCharacter = '`',
      value = {
        "/id {\"id\":\"17\"} 17",
        "/a/b {\"a\":{\"b\":\"17\"}} 17",
        "/a/1 {\"a\":[\"x\",\"17\"]} 17",
        "/a/1 {\"a\":{\"1\":\"17\"}} 17",
        "/a~1b/c~0d {\"a/b\":{\"c~d\":\"17\"}} 17",
        "/~01 {\"~1\":\"17\"} 17",
        "/ {\"\":\"17\"} 17",
        "/a//b {\"a\":{\"\":{\"b\":\"17\"}}} 17",
        "/body/detail/orderId {\"body\":\"{\\\"detail\\\":{\\\"orderId\\\":\\\"17\\\"}}\"} 17",
        "/a/b/c {\"a\":\"{\\\"b\\\":\\\"{\\\\\\\"c\\\\\\\":\\\\\\\"17\\\\\\\"}\\\"}\"} 17",
        "/body {\"body\":\"{}\"} {}",
      })
  void id_pointerIntoJsonOrJsonString_isFound(String pointer, String json, String expected) {
    assertThat(id(pointer, json)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      quoteCharacter = '`',
      value = {
        "/a/b/c {} `/a is not there`",
        "/a/b/c {\"a\":{}} `/a/b is not there`",
        "/a/b {\"a\":null} `/a/b is not there`",
        "/a/b {\"a\":7} `/a/b is not there`",
        "/a {\"a\":null} `/a must be a text, got NULL`",
        "/a {\"a\":7} `/a must be a text, got NUMBER`",
        "/a {\"a\":true} `/a must be a text, got BOOLEAN`",
        "/a {\"a\":{}} `/a must be a text, got OBJECT`",
        "/a {\"a\":[]} `/a must be a text, got ARRAY`",
        "/a {\"a\":\"\"} `/a must be a text of at least one character, got an empty text`",
        "/a/b {\"a\":\"order\"} `/a is a text that is no JSON to step into`",
        "/a/b {\"a\":\"\"} `/a is a text that is no JSON to step into`",
        "/a/b {\"a\":\"{\\\"b\\\":1,\\\"b\\\":2}\"} `/a is a text that is no JSON to step into`",
        "/a/b {\"a\":\"{}{}\"} `/a is a text that is no JSON to step into`",
        "/0 [] `/0 is not there`",
        "/-1 [\"x\"] `/-1 is not there`",
        "/01 [\"x\",\"y\"] `/01 is not there`",
        "/99999999999 [\"x\"] `/99999999999 is not there`",
        "/a \"x\" `the event is a text that is no JSON to step into`",
        "/a null `/a is not there`",
        "/a~1b/c {\"a/b\":{}} `/a~1b/c is not there`",
      })
  void id_notFound_namesWhereThePointerStopped(String pointer, String json, String location) {
    assertThat(errorMessage(pointer, json))
        .isEqualTo("pointer " + pointer + " of HOLDFAST_RESOURCE_ID finds no id: " + location);
  }

  @Test
  void id_longerThan2048Bytes_isRefused() {
    String longest = "é".repeat(1_024);
    assertThat(id("/a", "{\"a\":\"" + longest + "\"}")).isEqualTo(longest);
    assertThat(errorMessage("/a", "{\"a\":\"" + longest + "x\"}"))
        .endsWith("/a must have at most 2048 bytes, got 2049");
  }

  @Test
  void errorMessage_containsNothingOfTheEvent() {
    assertThat(errorMessage("/a/b", "{\"a\":\"s3cret\"}")).doesNotContain("s3cret");
    assertThat(errorMessage("/a/b", "{\"a\":{\"s3cret\":1}}")).doesNotContain("s3cret");
  }

  @Test
  void id_hostileText_isRefusedQuickly() {
    Assertions.assertTimeout(
        Duration.ofSeconds(20),
        () -> {
          assertThat(errorMessage("/a/b", "{\"a\":\"" + "[".repeat(6_000_000) + "\"}"))
              .contains("no JSON to step into");
          assertThat(errorMessage("/a/b", "{\"a\":\"" + "x".repeat(6_000_000) + "\"}"))
              .contains("no JSON to step into");
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "body/orderId", "/a~", "/a~2", "$.body"})
  void constructor_notAJsonPointer_isRefused(String text) {
    assertThatIllegalStateException()
        .isThrownBy(() -> new IdPointer("HOLDFAST_EVENT_ID", text))
        .withMessageContaining("environment variable HOLDFAST_EVENT_ID must be a JSON Pointer");
  }
}
