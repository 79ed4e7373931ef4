package dev.holdfast.lambda.internal.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.JsonNode;

/** Validator of CloudWatch's embedded metric format. CloudWatch ignores an invalid line. */
public final class EmfValidator {
  private static final JsonSchema SCHEMA = JsonSchema.load("embedded-metric-format.json");
  private static final int MAX_VALUE_LENGTH = 1_024;

  private EmfValidator() {}

  public static void validate(JsonNode line) {
    assertThat(SCHEMA.violations(line)).isEmpty();
    line.path("_aws")
        .path("CloudWatchMetrics")
        .forEach(directive -> checkReferences(directive, line));
  }

  /** Checks that the names refer to members of the line, which a schema cannot express. */
  private static void checkReferences(JsonNode directive, JsonNode line) {
    directive.path("Dimensions").forEach(set -> set.forEach(name -> checkDimension(name, line)));
    for (JsonNode metric : directive.path("Metrics")) {
      assertThat(line.path(metric.path("Name").asText()).isNumber()).as(metric.toString()).isTrue();
    }
  }

  private static void checkDimension(JsonNode name, JsonNode line) {
    JsonNode value = line.path(name.asText());
    assertThat(value.isTextual()).as(name.toString()).isTrue();
    assertThat(value.asText()).hasSizeBetween(1, MAX_VALUE_LENGTH);
  }
}
