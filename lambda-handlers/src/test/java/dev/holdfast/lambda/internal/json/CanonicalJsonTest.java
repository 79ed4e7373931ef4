package dev.holdfast.lambda.internal.json;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the canonical form with the samples of RFC 8785 and of its authors. */
class CanonicalJsonTest {

  private static String canonical(String json) {
    return CanonicalJson.of(json.getBytes(UTF_8)).orElseThrow().text();
  }

  @Test
  void sampleOfSection322_hasTheBytesOfSection324() {
    String sample =
        """
        {
          "numbers": [333333333.3333333, 1E30, 4.50,
                      2e-3, 0.000000000000000000000000001],
          "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
          "literals": [null, true, false]
        }
        """;
    String bytes =
        "7b226c69746572616c73223a5b6e756c6c2c747275652c66616c73655d2c226e756d62657273223a"
            + "5b3333333333333333332e333333333333332c31652b33302c342e352c302e3030322c31652d3237"
            + "5d2c22737472696e67223a22e282ac245c75303030665c6e4127425c225c5c5c5c5c222f227d";
    assertThat(HexFormat.of().formatHex(canonical(sample).getBytes(UTF_8))).isEqualTo(bytes);
  }

  @Test
  void sampleOfSection323_isSortedByCodeUnits() {
    String sample =
        """
        {
          "\\u20ac": "Euro Sign",
          "\\r": "Carriage Return",
          "\\ufb33": "Hebrew Letter Dalet With Dagesh",
          "1": "One",
          "\\ud83d\\ude00": "Emoji: Grinning Face",
          "\\u0080": "Control",
          "\\u00f6": "Latin Small Letter O With Diaeresis"
        }
        """;
    assertThat(canonical(sample))
        .isEqualTo(
            "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
                + "\"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\","
                + "\"\ud83d\ude00\":\"Emoji: Grinning Face\","
                + "\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[ 56, {\"d\": true, \"10\": null, \"1\": [ ]} ] | [56,{\"1\":[],\"10\":null,\"d\":true}]",
        "{\"peach\": 1, \"péché\": 2, \"pêche\": 3, \"sin\": 4}"
            + " | {\"peach\":1,\"péché\":2,\"pêche\":3,\"sin\":4}",
        "{\"1\": {\"f\": {\"f\": \"hi\",\"F\": 5} ,\"\\n\": 56.0}, \"10\": { }, \"\": \"empty\","
            + "\"a\": { }, \"111\": [ {\"e\": \"yes\",\"E\": \"no\" } ], \"A\": { }}"
            + " | {\"\":\"empty\",\"1\":{\"\\n\":56,\"f\":{\"F\":5,\"f\":\"hi\"}},\"10\":{},"
            + "\"111\":[{\"E\":\"no\",\"e\":\"yes\"}],\"A\":{},\"a\":{}}",
        "{\"Unnormalized Unicode\":\"A\\u030a\"} | {\"Unnormalized Unicode\":\"A\u030a\"}",
        "\"\\b\\t\\n\\f\\r\\u0000\\u001F\\u007f\" | \"\\b\\t\\n\\f\\r\\u0000\\u001f\u007f\"",
        "\"\\u2028<\\/script>\" | \"\u2028</script>\"",
        "null | null",
        " -0 | 0",
        " [1.10, 1e0, -0.0] | [1.1,1,0]"
      })
  void otherSamples(String json, String expected) {
    assertThat(canonical(json)).isEqualTo(expected);
    assertThat(canonical(expected)).as("canonical already").isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "{\"a\":1} x",
        "{\"a\":1,\"a\":1}",
        "{\"a\":1,\"\\u0061\":2}",
        "\"\\ud800\"",
        "\"\\udc00\\ud800\"",
        "{\"\\ude00\":1}",
        "NaN",
        "[Infinity]",
        "nul",
        "01",
        "{'a':1}"
      })
  void notIJson_hasNoCanonicalForm(String json) {
    assertThat(CanonicalJson.of(json.getBytes(UTF_8))).isEmpty();
  }

  @Test
  void nestedTooDeeply_hasNoCanonicalForm() {
    assertThat(CanonicalJson.of("[".repeat(100_000).getBytes(UTF_8))).isEmpty();
  }

  @Test
  void otherUnicodeEncoding_hasTheSameForm() {
    String json = "{\"b\":\"é\",\"a\":1}";
    assertThat(CanonicalJson.of(json.getBytes(UTF_16LE)).orElseThrow().text())
        .isEqualTo(canonical(json));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"from\":9007199254740993,\"to\":9007199254740992}"
            + " | {\"from\":9007199254740992,\"to\":9007199254740993}",
        "{\"from\":0.1,\"to\":0.1000000000000000055511151231257827}"
            + " | {\"from\":0.1000000000000000055511151231257827,\"to\":0.1}",
        "[1e400, 2e400] | [2e400, 1e400]",
        "[1e400] | [\"1e+400\"]",
        "[1e-400, 0] | [0, 1e-400]",
        "[1e99999999999] | [1e99999999998]",
        "[1e-99999999999] | [0]",
        "[333333333.33333329] | [333333333.3333333]"
      })
  void differentNumbers_haveDifferentForms(String json, String other) {
    assertThat(canonical(json)).isNotEqualTo(canonical(other));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[12345678901234567890.50, 0.1, 1.0] | [12345678901234567890.5,0.1,1]",
        "{\"b\": 1, \"a\": 10e399} | {\"a\":1e+400,\"b\":1}",
        "[10E-99999999999] | [1e-99999999998]",
        "[0.0001e-2147483648, -0e99999999999] | [1e-2147483652,0]"
      })
  void numbersThatADoubleDoesNotHold_haveAllDigitsInTheirPlace(String json, String expected) {
    assertThat(canonical(json)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "12345678901234567e-300",
        "98765432109876543E+99999999",
        "1e-99999999999999999999999999999999999999999"
      })
  void largeArrayOfExtremeNumbers_isWrittenQuickly(String number) {
    int count = 6_000_000 / (number.length() + 1);
    String json = "[" + (number + ",").repeat(count) + "1]";
    Assertions.assertTimeout(
        Duration.ofSeconds(10), () -> assertThat(canonical(json)).hasSizeGreaterThan(count));
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s", "0.%s", "1e%s", "-1.5E-%s"})
  void veryLongNumber_isWrittenQuickly(String format) {
    String number = String.format(Locale.ROOT, format, "7".repeat(6_000_000));
    Assertions.assertTimeout(
        Duration.ofSeconds(10),
        () -> assertThat(canonical("[ " + number + " ]")).isEqualTo("[" + plain(number) + "]"));
  }

  private static String plain(String number) {
    return number.startsWith("777")
        ? "7." + "7".repeat(number.length() - 1) + "e+" + (number.length() - 1)
        : number;
  }
}
