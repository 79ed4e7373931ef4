package dev.holdfast.lock.dynamodb;

import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.internal.dynamodb.DynamoDbLockStore;
import dev.holdfast.lock.internal.engine.DefaultLockClient;
import dev.holdfast.lock.internal.text.LogText;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Factory of lock clients for a table in DynamoDB. */
public final class DynamoDbLockClient {
  private static final String TABLE_VARIABLE = "HOLDFAST_TABLE";
  private static final String LEASE_VARIABLE = "HOLDFAST_LEASE";

  private DynamoDbLockClient() {}

  /**
   * Creates a lock client for one table. Sends no request.
   *
   * @param client used with its own Region, credentials and retries; the caller closes it
   * @param table name or ARN of a table with the key {@link TableSchema#KEY}
   * @return a client with a lease duration of 10 s, a maximum wait of 30 s and a maximum clock skew
   *     of 1 s
   * @throws IllegalArgumentException if the name of the table is not valid
   */
  public static LockClient create(DynamoDbClient client, String table) {
    Objects.requireNonNull(client, "client");
    return DefaultLockClient.create(
        new DynamoDbLockStore(client, TableSchema.requireTableName(table)));
  }

  /**
   * Creates a lock client from environment variables. {@code HOLDFAST_TABLE} has the name or ARN of
   * the table. {@code HOLDFAST_LEASE} has the lease duration, such as {@code PT20S}; its default is
   * 10 s. Sends no request.
   *
   * @param client used with its own Region, credentials and retries; the caller closes it
   * @return the client; {@link LockClient#withLeaseDuration} and requests override the lease
   *     duration
   * @throws IllegalStateException if a variable is missing or malformed; the message names it
   */
  public static LockClient fromEnvironment(DynamoDbClient client) {
    Objects.requireNonNull(client, "client");
    return fromEnvironment(client, System::getenv);
  }

  static LockClient fromEnvironment(
      DynamoDbClient client, Function<String, @Nullable String> environment) {
    String table = environment.apply(TABLE_VARIABLE);
    if (table == null || table.isBlank()) {
      throw new IllegalStateException(
          "environment variable HOLDFAST_TABLE is not set: set it to the name or ARN of the lock"
              + " table");
    }
    LockClient lockClient = create(client, table);
    String leaseDuration = environment.apply(LEASE_VARIABLE);
    return leaseDuration == null ? lockClient : withLeaseDuration(lockClient, leaseDuration);
  }

  private static LockClient withLeaseDuration(LockClient lockClient, String leaseDuration) {
    try {
      return lockClient.withLeaseDuration(Duration.parse(leaseDuration));
    } catch (DateTimeParseException | IllegalArgumentException e) {
      throw new IllegalStateException(
          "environment variable HOLDFAST_LEASE must be from 1 s to 24 h, such as PT20S, got "
              + LogText.quote(leaseDuration),
          e);
    }
  }
}
