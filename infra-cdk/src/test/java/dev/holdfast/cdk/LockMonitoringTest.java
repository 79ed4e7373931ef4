package dev.holdfast.cdk;

import static dev.holdfast.cdk.SynthesizedTemplate.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.lambda.model.LockMetric;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.sns.Topic;

final class LockMonitoringTest {

  private Stack stack;
  private LockTable locks;
  private LockedFunction function;

  @BeforeEach
  void createFunction() {
    stack = new Stack(new App(), "Stack");
    locks = new LockTable(stack, "Locks");
    Code code = Code.fromBucket(Bucket.fromBucketName(stack, "Code", "code"), "shop.zip");
    function =
        LockedFunction.Builder.create(stack, "ShipOrder")
            .lockTable(locks)
            .handler("shop.ShipOrder")
            .code(code)
            .build();
  }

  @ParameterizedTest
  @EnumSource(LockMetric.class)
  void everyLockMetric_hasMetricMethod(LockMetric expected) throws Exception {
    Method method =
        LockMonitoring.class.getMethod("metric" + expected.metricName(), Function.class);
    Metric metric = (Metric) method.invoke(monitoring(LockMonitoringProps.builder()), function);
    assertThat(metric.getMetricName()).isEqualTo(expected.metricName());
    assertThat(metric.getNamespace()).isEqualTo(LockMetric.DEFAULT_NAMESPACE);
    assertThat(metric.getDimensions())
        .isEqualTo(Map.of(LockMetric.DIMENSION, function.getFunctionName()));
    assertThat(metric.getStatistic().equals("Sum")).isEqualTo(expected.unit().equals("Count"));
  }

  @Test
  void everyMetricMethod_isLockMetric() {
    assertThat(LockMonitoring.class.getMethods())
        .filteredOn(method -> Arrays.equals(method.getParameterTypes(), functionOnly()))
        .filteredOn(method -> method.getName().startsWith("metric"))
        .extracting(method -> method.getName().substring("metric".length()))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(LockMetric.values()).map(LockMetric::metricName).toList());
  }

  @ParameterizedTest
  @EnumSource(LockMetric.class)
  void metricOptions_replaceDefaults(LockMetric expected) throws Exception {
    Method method =
        LockMonitoring.class.getMethod(
            "metric" + expected.metricName(), Function.class, MetricOptions.class);
    MetricOptions options =
        MetricOptions.builder().period(Duration.minutes(1)).statistic("Maximum").build();
    LockMonitoring monitoring = monitoring(LockMonitoringProps.builder());
    Metric metric = (Metric) method.invoke(monitoring, function, options);
    assertThat(metric.getMetricName()).isEqualTo(expected.metricName());
    assertThat(metric.getDimensions())
        .isEqualTo(Map.of(LockMetric.DIMENSION, function.getFunctionName()));
    assertThat(metric.getPeriod().toMinutes()).isEqualTo(1);
    assertThat(metric.getStatistic()).isEqualTo("Maximum");
  }

  @Test
  void metricOptions_ofTableMetric_replaceDefaults() {
    Metric metric =
        monitoring(LockMonitoringProps.builder())
            .metricThrottledWrites(MetricOptions.builder().period(Duration.hours(1)).build());
    assertThat(metric.getPeriod().toHours()).isEqualTo(1);
    assertThat(metric.getStatistic()).isEqualTo("Sum");
  }

  @Test
  void missingLockTable_isRejected() {
    LockMonitoring.Builder builder = LockMonitoring.Builder.create(stack, "Monitoring");
    assertThatThrownBy(builder::build)
        .isInstanceOf(NullPointerException.class)
        .hasMessage("lockTable is required");
  }

  @Test
  void customNamespace_isUsed() {
    assertThat(
            monitoring(LockMonitoringProps.builder().namespace("Shop"))
                .metricLost(function)
                .getNamespace())
        .isEqualTo("Shop");
  }

  @Test
  void tableOnly_createsThrottlingAlarm() {
    monitoring(LockMonitoringProps.builder());
    assertThat(template().onlyResourceProperties("AWS::CloudWatch::Alarm"))
        .isEqualTo(
            json(
                """
                {
                  "AlarmDescription":
                    "The lock table throttled writes. Releases are delayed too, and so are all waiters.",
                  "Namespace": "AWS/DynamoDB",
                  "MetricName": "WriteThrottleEvents",
                  "Dimensions": [{"Name": "TableName", "Value": {"Ref": "Locks3E7D824A"}}],
                  "Statistic": "Sum",
                  "Period": 300,
                  "EvaluationPeriods": 1,
                  "Threshold": 1,
                  "ComparisonOperator": "GreaterThanOrEqualToThreshold",
                  "TreatMissingData": "notBreaching"
                }
                """));
  }

  @Test
  void function_createsAlarmsForLostLateAndIncompleteWork() {
    monitoring(LockMonitoringProps.builder().function(function));
    assertThat(alarmMetricNames())
        .containsExactlyInAnyOrder(
            "WriteThrottleEvents", "Lost", "LateRelease", "CompletionFailed");
  }

  @Test
  void queue_createsAlarmsForDeadLetters_andMessageAge() {
    monitoring(
        LockMonitoringProps.builder()
            .queue(function.addSqsEventSource("Orders"))
            .maxAgeOfOldestMessage(Duration.minutes(20)));
    assertThat(alarmMetricNames())
        .containsExactlyInAnyOrder(
            "WriteThrottleEvents",
            "ApproximateNumberOfMessagesVisible",
            "ApproximateAgeOfOldestMessage");
    assertThat(alarms())
        .filteredOn(a -> a.path("MetricName").asText().equals("ApproximateAgeOfOldestMessage"))
        .extracting(alarm -> alarm.path("Threshold").asInt())
        .containsExactly(1200);
  }

  @Test
  void alarmAction_isAddedToEveryAlarm() {
    Topic pager = new Topic(stack, "Pager");
    monitoring(LockMonitoringProps.builder().function(function).alarmAction(new SnsAction(pager)));
    assertThat(alarms())
        .hasSize(4)
        .extracting(alarm -> alarm.path("AlarmActions"))
        .containsOnly(json("[{\"Ref\": \"Pager3330101C\"}]"));
  }

  @Test
  void dashboard_showsAcquisitions_waitTime_duplicates_failures_cost_andWrites() {
    monitoring(LockMonitoringProps.builder().function(function).dollarsPerMillionWrites(0.7));
    String body =
        template()
            .onlyResourceProperties("AWS::CloudWatch::Dashboard")
            .path("DashboardBody")
            .toString();
    assertThat(body)
        .contains(
            "Acquired locks",
            "Wait time per invocation, ms",
            "Busy",
            "Duplicates",
            "Failures",
            "USD per million locks",
            "Table writes")
        .contains("0.7 * writes / (acquired0)");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, Double.NaN})
  void invalidPrice_isRejected(double dollars) {
    LockMonitoringProps.Builder builder = LockMonitoringProps.builder();
    assertThatThrownBy(() -> builder.dollarsPerMillionWrites(dollars))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("dollars per million writes must be at least 0, got %s", dollars);
  }

  private LockMonitoring monitoring(LockMonitoringProps.Builder props) {
    return new LockMonitoring(stack, "Monitoring", props.lockTable(locks).build());
  }

  private SynthesizedTemplate template() {
    return SynthesizedTemplate.of(stack);
  }

  private List<JsonNode> alarms() {
    return List.copyOf(template().propertiesByLogicalId("AWS::CloudWatch::Alarm").values());
  }

  private List<String> alarmMetricNames() {
    return alarms().stream().map(alarm -> alarm.path("MetricName").asText()).toList();
  }

  private static Class<?>[] functionOnly() {
    return new Class<?>[] {Function.class};
  }
}
