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
        "/a {\"a\":7} 7",
        "/a {\"a\":-0.50} -0.50",
        "/a {\"a\":12345678901234567890.12345678901234567890} 12345678901234567890.12345678901234567890",
        "/a {\"a\":1e400} 1e400",
        "/a {\"a\":2E+400} 2E+400",
        "/a {\"a\":1e-99999999999} 1e-99999999999",
        "/a {\"x\":1e99999999999,\"a\":1e1} 1e1",
        "/a {\"a\":98765432109876543210} 98765432109876543210",
        "/a {\"a\":true} true",
        "/a {\"a\":false} false",
        "/a/b {\"a\":\"{\\\"b\\\":7}\"} 7",
      })
  void id_pointerIntoJsonOrJsonString_isFound(String pointer, String json, String expected) {
    assertThat(id(pointer, json)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      quoteCharacter = '`',
      value = {
        "/a/b/c {} `/a is missing`",
        "/a/b/c {\"a\":{}} `/a/b is missing`",
        "/a/b {\"a\":null} `/a/b is missing`",
        "/a/b {\"a\":7} `/a/b is missing`",
        "/a {\"a\":null} `/a must be a string, a number or a boolean, got NULL`",
        "/a {\"a\":{}} `/a must be a string, a number or a boolean, got OBJECT`",
        "/a {\"a\":[]} `/a must be a string, a number or a boolean, got ARRAY`",
        "/a {\"a\":\"\"} `/a must have at least one character, got an empty string`",
        "/a/b {\"a\":\"order\"} `/a is a string that is not JSON`",
        "/a/b {\"a\":\"\"} `/a is a string that is not JSON`",
        "/a/b {\"a\":\"{\\\"b\\\":1,\\\"b\\\":2}\"} `/a is a string that is not JSON`",
        "/a/b {\"a\":\"{}{}\"} `/a is a string that is not JSON`",
        "/0 [] `/0 is missing`",
        "/-1 [\"x\"] `/-1 is missing`",
        "/01 [\"x\",\"y\"] `/01 is missing`",
        "/99999999999 [\"x\"] `/99999999999 is missing`",
        "/a \"x\" `the event is a string that is not JSON`",
        "/a null `/a is missing`",
        "/a~1b/c {\"a/b\":{}} `/a~1b/c is missing`",
      })
  void id_notFound_namesWhereThePointerStopped(String pointer, String json, String location) {
    assertThat(errorMessage(pointer, json))
        .isEqualTo("pointer " + pointer + " of HOLDFAST_RESOURCE_ID finds no id: " + location);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a,/b", "/a , /b", " /a,\t/b "})
  void id_severalPointers_joinsTheValues(String pointers) {
    assertThat(id(pointers, "{\"a\":\"acme\",\"b\":17}")).isEqualTo("acme:17#4,2");
  }

  @Test
  void id_severalPointers_keepsDifferentValuesApart() {
    assertThat(id("/a,/b", "{\"a\":\"x:\",\"b\":\"y\"}"))
        .isNotEqualTo(id("/a,/b", "{\"a\":\"x\",\"b\":\":y\"}"));
  }

  @Test
  void id_commaInAName_isPartOfThePointer() {
    assertThat(id("/a,b", "{\"a,b\":\"17\"}")).isEqualTo("17");
  }

  @Test
  void id_oneOfSeveralPointersUnresolved_isRefused() {
    assertThat(errorMessage("/a,/b", "{\"a\":\"acme\"}"))
        .isEqualTo("pointer /a,/b of HOLDFAST_RESOURCE_ID finds no id: /b is missing");
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
              .contains("is a string that is not JSON");
          assertThat(errorMessage("/a/b", "{\"a\":\"" + "x".repeat(6_000_000) + "\"}"))
              .contains("is a string that is not JSON");
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "body/orderId", "/a~", "/a~2", "$.body", "/a,b,/c,/~2", ",/a"})
  void constructor_notAJsonPointer_isRefused(String text) {
    assertThatIllegalStateException()
        .isThrownBy(() -> new IdPointer("HOLDFAST_EVENT_ID", text))
        .withMessageContaining("environment variable HOLDFAST_EVENT_ID must be a JSON Pointer");
  }
}
