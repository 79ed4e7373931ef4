package dev.holdfast.lambda.internal.metrics;

import static java.util.stream.Collectors.joining;

import dev.holdfast.lambda.internal.json.JsonString;
import dev.holdfast.lambda.internal.time.Invocation;
import dev.holdfast.lambda.model.LockMetric;
import dev.holdfast.lock.internal.text.LogText;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Writer of one line in CloudWatch's embedded metric format for each invocation. CloudWatch reads
 * metrics from the line's JSON object and keeps the line in the log. The class writes the JSON
 * itself, since a JSON library costs more on a cold start than the rest of the guard.
 *
 * @param namespace the namespace of the metrics
 * @param timestamp the time of the line
 * @param invocation the invocation
 */
record EmfWriter(String namespace, Instant timestamp, Invocation invocation) {

  String toJson(InvocationMetrics metrics) {
    Map<LockMetric, Long> values = metrics.values();
    return Stream.concat(
            Stream.of(
                member("_aws", metadata(values.keySet())),
                member(LockMetric.DIMENSION, text(invocation.functionLabel())),
                member("functionVersion", text(invocation.functionVersion())),
                member("requestId", text(invocation.requestId())),
                member(
                    "busyLocks",
                    array(metrics.busyLocks().stream().sorted().map(EmfWriter::text)))),
            values.entrySet().stream()
                .map(e -> member(e.getKey().metricName(), e.getValue().toString())))
        .collect(joining(",", "{", "}"));
  }

  private String metadata(Collection<LockMetric> metrics) {
    String directive =
        object(
            member("Namespace", text(namespace)),
            member("Dimensions", "[[" + text(LockMetric.DIMENSION) + "]]"),
            member("Metrics", array(metrics.stream().map(EmfWriter::definition))));
    return object(
        member("Timestamp", Long.toString(timestamp.toEpochMilli())),
        member("CloudWatchMetrics", "[" + directive + "]"));
  }

  private static String definition(LockMetric metric) {
    return object(member("Name", text(metric.metricName())), member("Unit", text(metric.unit())));
  }

  private static String object(String... members) {
    return "{" + String.join(",", members) + "}";
  }

  private static String array(Stream<String> elements) {
    return elements.collect(joining(",", "[", "]"));
  }

  private static String member(String name, String json) {
    return text(name) + ":" + json;
  }

  private static String text(String value) {
    return JsonString.quote(LogText.escape(value));
  }
}
