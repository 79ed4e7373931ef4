package dev.holdfast.lambda;

import dev.holdfast.lock.Locks;
import dev.holdfast.lock.dynamodb.DynamoDbLocks;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * A function's environment variables.
 *
 * @param variables gives a variable's value, or null
 */
record Environment(Function<String, @Nullable String> variables) {
  static final String TABLE = "HOLDFAST_TABLE";
  static final String KEY_PREFIX = "HOLDFAST_KEY_PREFIX";
  static final String RESOURCE_ID = "HOLDFAST_RESOURCE_ID";
  static final String EVENT_ID = "HOLDFAST_EVENT_ID";
  static final String METRICS = "HOLDFAST_METRICS";
  static final String METRICS_NAMESPACE = "HOLDFAST_METRICS_NAMESPACE";
  private static final String REGION = "AWS_REGION";
  private static final String INITIALIZATION = "AWS_LAMBDA_INITIALIZATION_TYPE";
  private static final String SNAPSHOT = "snap-start";

  Guard guard() {
    String table = table();
    prime();
    String region = required(REGION, "Lambda sets it; elsewhere, set it to the table's Region");
    return on(DynamoDbLocks.on(TunedClient.in(Region.of(region)), table));
  }

  Guard guard(DynamoDbClient client) {
    prime();
    return on(DynamoDbLocks.on(client, table()));
  }

  /** Before a snapshot at once; in any other function beside the rest, where there is room. */
  private void prime() {
    Optional<String> initialization = value(INITIALIZATION);
    if (initialization.filter(SNAPSHOT::equals).isPresent()) {
      Priming.run();
    } else if (initialization.isPresent() && Runtime.getRuntime().availableProcessors() > 1) {
      Priming.runBeside();
    }
  }

  private Guard on(Locks locks) {
    Settings settings =
        Settings.DEFAULT
            .with(
                Naming.DEFAULT
                    .withPrefix(Optional.ofNullable(variables.apply(KEY_PREFIX)).orElse(""))
                    .withPointers(new Pointers(pointer(RESOURCE_ID), pointer(EVENT_ID))))
            .with(telemetry());
    return new Guard(locks, settings);
  }

  private Telemetry telemetry() {
    String metrics = value(METRICS).orElse("on");
    if (!metrics.equals("on") && !metrics.equals("off")) {
      throw new IllegalStateException(
          "environment variable " + METRICS + " must be on or off, got " + LogValue.of(metrics));
    }
    String namespace = value(METRICS_NAMESPACE).orElse(LockMetric.NAMESPACE);
    return metrics.equals("on") ? Telemetry.SILENT.inNamespace(namespace) : Telemetry.SILENT;
  }

  private Optional<EventPointer> pointer(String variable) {
    return value(variable).map(text -> new EventPointer(variable, text));
  }

  private Optional<String> value(String variable) {
    return Optional.ofNullable(variables.apply(variable)).filter(text -> !text.isBlank());
  }

  private String table() {
    return required(
        TABLE,
        "set it to the name or ARN of the lock table; LockTable.connect of holdfast-cdk does so");
  }

  private String required(String variable, String whatToDo) {
    return value(variable)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "environment variable " + variable + " is not set: " + whatToDo));
  }
}
