package dev.holdfast.lambda;

import dev.holdfast.lambda.internal.admission.GuardConfig;
import dev.holdfast.lambda.internal.client.ClientPrimer;
import dev.holdfast.lambda.internal.client.LambdaDynamoDbClient;
import dev.holdfast.lambda.internal.keys.IdPointer;
import dev.holdfast.lambda.internal.keys.IdPointers;
import dev.holdfast.lambda.internal.keys.KeySettings;
import dev.holdfast.lambda.internal.metrics.MetricsOptions;
import dev.holdfast.lambda.model.LockMetric;
import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.dynamodb.DynamoDbLockClient;
import dev.holdfast.lock.internal.text.LogText;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Environment variables of a function.
 *
 * @param variables returns the value of a variable, or null
 */
record FunctionEnvironment(Function<String, @Nullable String> variables) {
  static final String TABLE_VARIABLE = "HOLDFAST_TABLE";
  static final String KEY_PREFIX_VARIABLE = "HOLDFAST_KEY_PREFIX";
  static final String METRICS_VARIABLE = "HOLDFAST_METRICS";
  static final String METRICS_NAMESPACE_VARIABLE = "HOLDFAST_METRICS_NAMESPACE";
  private static final String REGION_VARIABLE = "AWS_REGION";
  private static final String INITIALIZATION_TYPE_VARIABLE = "AWS_LAMBDA_INITIALIZATION_TYPE";
  private static final String SNAP_START = "snap-start";

  Guard createGuard() {
    String tableName = tableName();
    prime();
    String region =
        requireValue(REGION_VARIABLE, "Lambda sets it; elsewhere, set it to the table's Region");
    return createGuard(
        DynamoDbLockClient.create(LambdaDynamoDbClient.create(Region.of(region)), tableName));
  }

  Guard createGuard(DynamoDbClient client) {
    prime();
    return createGuard(DynamoDbLockClient.create(client, tableName()));
  }

  /**
   * Primes the client. The caller waits for this before a snapshot. In other functions, a
   * background thread primes the client if there is more than one processor.
   */
  private void prime() {
    Optional<String> initializationType = value(INITIALIZATION_TYPE_VARIABLE);
    if (initializationType.filter(SNAP_START::equals).isPresent()) {
      ClientPrimer.prime();
    } else if (initializationType.isPresent() && Runtime.getRuntime().availableProcessors() > 1) {
      ClientPrimer.primeInBackground();
    }
  }

  private Guard createGuard(LockClient lockClient) {
    GuardConfig config =
        GuardConfig.DEFAULT
            .with(
                KeySettings.DEFAULT
                    .withPrefix(
                        Optional.ofNullable(variables.apply(KEY_PREFIX_VARIABLE)).orElse(""))
                    .withIdPointers(
                        new IdPointers(
                            idPointer(IdPointers.RESOURCE_ID_VARIABLE),
                            idPointer(IdPointers.EVENT_ID_VARIABLE))))
            .with(metricsOptions());
    return new Guard(lockClient, config);
  }

  private MetricsOptions metricsOptions() {
    String metrics = value(METRICS_VARIABLE).orElse("on");
    if (!metrics.equals("on") && !metrics.equals("off")) {
      throw new IllegalStateException(
          "environment variable "
              + METRICS_VARIABLE
              + " must be on or off, got "
              + LogText.value(metrics));
    }
    String namespace = value(METRICS_NAMESPACE_VARIABLE).orElse(LockMetric.DEFAULT_NAMESPACE);
    return metrics.equals("on")
        ? MetricsOptions.DISABLED.withNamespace(namespace)
        : MetricsOptions.DISABLED;
  }

  private Optional<IdPointer> idPointer(String variable) {
    return value(variable).map(text -> new IdPointer(variable, text));
  }

  private Optional<String> value(String variable) {
    return Optional.ofNullable(variables.apply(variable)).filter(text -> !text.isBlank());
  }

  private String tableName() {
    return requireValue(
        TABLE_VARIABLE,
        "set it to the name or ARN of the lock table; LockTable.connect of holdfast-cdk does so");
  }

  private String requireValue(String variable, String remedy) {
    return value(variable)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "environment variable " + variable + " is not set: " + remedy));
  }
}
