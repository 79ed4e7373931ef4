package dev.holdfast.lambda;

import dev.holdfast.lock.dynamodb.DynamoDbLocks;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.regions.Region;

/**
 * A function's environment variables.
 *
 * @param variables gives a variable's value, or null
 */
record Environment(Function<String, @Nullable String> variables) {
  static final String TABLE = "HOLDFAST_TABLE";
  static final String KEY_PREFIX = "HOLDFAST_KEY_PREFIX";
  private static final String REGION = "AWS_REGION";

  Guard guard() {
    String table =
        required(
            TABLE,
            "set it to the name or ARN of the lock table; LockTable.connect of holdfast-cdk does so");
    String region = required(REGION, "Lambda sets it; elsewhere, set it to the table's Region");
    Guard guard = Guard.on(DynamoDbLocks.on(TunedClient.in(Region.of(region)), table));
    String prefix = variables.apply(KEY_PREFIX);
    return prefix == null ? guard : guard.keyPrefix(prefix);
  }

  private String required(String variable, String whatToDo) {
    String value = variables.apply(variable);
    if (value == null || value.isBlank()) {
      throw new IllegalStateException(
          "environment variable " + variable + " is not set: " + whatToDo);
    }
    return value;
  }
}
