package dev.holdfast.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.JsonNode;

/** The rules of CloudWatch's embedded metric format, by which a line counts or is ignored. */
final class EmbeddedMetricFormat {
  private static final JsonSchema SCHEMA = JsonSchema.named("embedded-metric-format.json");
  private static final int VALUE_MAX = 1_024;

  private EmbeddedMetricFormat() {}

  static void check(JsonNode line) {
    assertThat(SCHEMA.problems(line)).isEmpty();
    line.path("_aws").path("CloudWatchMetrics").forEach(directive -> checkTargets(directive, line));
  }

  /** What no schema says: that the names stand for members of the line. */
  private static void checkTargets(JsonNode directive, JsonNode line) {
    directive.path("Dimensions").forEach(set -> set.forEach(name -> checkDimension(name, line)));
    for (JsonNode metric : directive.path("Metrics")) {
      assertThat(line.path(metric.path("Name").asText()).isNumber()).as(metric.toString()).isTrue();
    }
  }

  private static void checkDimension(JsonNode name, JsonNode line) {
    JsonNode value = line.path(name.asText());
    assertThat(value.isTextual()).as(name.toString()).isTrue();
    assertThat(value.asText()).hasSizeBetween(1, VALUE_MAX);
  }
}
