package dev.holdfast.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.JsonNode;

/** The rules of CloudWatch's embedded metric format, by which a line counts or is ignored. */
final class EmbeddedMetricFormat {
  private static final int DIMENSIONS_MAX = 30;
  private static final int METRICS_MAX = 100;

  private EmbeddedMetricFormat() {}

  static void check(JsonNode line) {
    JsonNode metadata = line.path("_aws");
    assertThat(metadata.path("Timestamp").isIntegralNumber()).isTrue();
    assertThat(metadata.path("CloudWatchMetrics").isArray()).isTrue();
    metadata.path("CloudWatchMetrics").forEach(directive -> checkDirective(directive, line));
  }

  private static void checkDirective(JsonNode directive, JsonNode line) {
    assertThat(directive.path("Namespace").asText()).hasSizeBetween(1, 1_024);
    assertThat(directive.path("Dimensions").isArray()).isTrue();
    directive.path("Dimensions").forEach(set -> checkDimensions(set, line));
    assertThat(directive.path("Metrics").size()).isBetween(1, METRICS_MAX);
    directive.path("Metrics").forEach(metric -> checkMetric(metric, line));
  }

  private static void checkDimensions(JsonNode set, JsonNode line) {
    assertThat(set.isArray()).isTrue();
    assertThat(set.size()).isLessThanOrEqualTo(DIMENSIONS_MAX);
    set.forEach(
        name -> {
          assertThat(name.asText()).hasSizeBetween(1, 250);
          assertThat(line.path(name.asText()).isTextual()).isTrue();
          assertThat(line.path(name.asText()).asText()).hasSizeBetween(1, 1_024);
        });
  }

  private static void checkMetric(JsonNode metric, JsonNode line) {
    assertThat(metric.path("Name").asText()).hasSizeBetween(1, 1_024);
    assertThat(metric.path("Unit").asText()).isIn("Count", "Milliseconds");
    assertThat(line.path(metric.path("Name").asText()).isNumber()).isTrue();
  }
}
