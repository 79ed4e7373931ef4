package dev.holdfast.lambda;

import static java.util.stream.Collectors.joining;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Stream;

/**
 * An invocation's line in the embedded metric format: one JSON object, from which CloudWatch takes
 * metrics while the line stays in the log. Written by hand: on a cold start, a JSON library would
 * cost more than all the rest of the guard.
 *
 * @param namespace of the metrics
 * @param at when
 * @param invocation which
 */
record MetricsLine(String namespace, Instant at, Invocation invocation) {

  String of(Tally tally) {
    Map<LockMetric, Long> values = tally.values();
    return Stream.concat(
            Stream.of(
                member("_aws", metadata(values.keySet())),
                member(LockMetric.DIMENSION, text(invocation.functionLabel())),
                member("functionVersion", text(invocation.version())),
                member("requestId", text(invocation.requestId())),
                member("busyLocks", list(tally.busyLocks().stream().sorted().map(JsonString::of)))),
            values.entrySet().stream()
                .map(e -> member(e.getKey().metricName(), e.getValue().toString())))
        .collect(joining(",", "{", "}"));
  }

  private String metadata(Collection<LockMetric> metrics) {
    String directive =
        object(
            member("Namespace", text(namespace)),
            member("Dimensions", "[[" + text(LockMetric.DIMENSION) + "]]"),
            member("Metrics", list(metrics.stream().map(MetricsLine::definition))));
    return object(
        member("Timestamp", Long.toString(at.toEpochMilli())),
        member("CloudWatchMetrics", "[" + directive + "]"));
  }

  private static String definition(LockMetric metric) {
    return object(member("Name", text(metric.metricName())), member("Unit", text(metric.unit())));
  }

  private static String object(String... members) {
    return "{" + String.join(",", members) + "}";
  }

  private static String list(Stream<String> elements) {
    return elements.collect(joining(",", "[", "]"));
  }

  private static String member(String name, String json) {
    return text(name) + ":" + json;
  }

  private static String text(String value) {
    return JsonString.of(value);
  }
}
