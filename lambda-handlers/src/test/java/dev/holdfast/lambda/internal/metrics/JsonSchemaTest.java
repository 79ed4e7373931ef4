package dev.holdfast.lambda.internal.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lambda.fixtures.ParsedJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the schema of metric lines with valid and invalid lines. */
class JsonSchemaTest {
  private static final String LINE =
      "{'_aws':{'Timestamp':1,'CloudWatchMetrics':[{'Namespace':'Shop','Dimensions':[['f']],"
          + "'Metrics':[{'Name':'A','Unit':'Count'}]}]},'f':'x','A':1}";
  private static final JsonSchema SCHEMA = JsonSchema.load("embedded-metric-format.json");

  private static boolean isValid(String line) {
    return SCHEMA.violations(ParsedJson.of(line.replace('\'', '"').getBytes(UTF_8))).isEmpty();
  }

  @Test
  void emfLine_isValid() {
    assertThat(isValid(LINE)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'_aws'|'aws'",
        "'Timestamp':1|'Timestamp':'1'",
        "'Timestamp':1|'Timestamp':1.5",
        "'Timestamp':1,|",
        "'Shop'|''",
        "'Shop'|':Shop'",
        "[['f']]|['f']",
        "[['f']]|[]",
        "'Count'|'Apples'",
        "'Name':'A'|'Name':''",
        "[{'Name':'A','Unit':'Count'}]|[]",
        "{'Name':'A','Unit':'Count'}|{'Unit':'Count'}",
      })
  void emfLine_withOneChange_isInvalid(String part, String replacement) {
    String changed = LINE.replace(part, replacement == null ? "" : replacement);
    assertThat(changed).isNotEqualTo(LINE);
    assertThat(isValid(changed)).isFalse();
  }
}
