package dev.holdfast.lock.admin;

import dev.holdfast.lock.LockTableException;
import dev.holdfast.lock.TimeSource;
import dev.holdfast.lock.admin.LockTableRefusedException.Reason;
import dev.holdfast.lock.dynamodb.TableSchema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.Tag;

/**
 * Administration of lock tables: creates, describes, lists and deletes them. Immutable and
 * thread-safe.
 *
 * <p>Failures of calls to DynamoDB are {@link LockTableException}s, as for locking. The message
 * names a missing permission.
 */
public final class LockTableAdmin {
  /** Value of the tag, which has no meaning; it is the version of the row format. */
  private static final String TAG_VALUE = "1";

  private static final Duration MAX_DELETION_WAIT = Duration.ofMinutes(5);

  private final DynamoDbClient client;
  private final TimeSource timeSource;

  private LockTableAdmin(DynamoDbClient client, TimeSource timeSource) {
    this.client = client;
    this.timeSource = timeSource;
  }

  /**
   * Creates the administration of the tables of one account and Region. Sends no request.
   *
   * @param client used with its own Region, credentials and retries; the caller closes it
   * @return the administration
   */
  public static LockTableAdmin create(DynamoDbClient client) {
    Objects.requireNonNull(client, "client");
    return new LockTableAdmin(client, TimeSource.system());
  }

  /**
   * Returns a copy with other clocks, for tests.
   *
   * @param newTimeSource the clocks
   * @return the copy
   */
  public LockTableAdmin withTimeSource(TimeSource newTimeSource) {
    Objects.requireNonNull(newTimeSource, "newTimeSource");
    return new LockTableAdmin(client, newTimeSource);
  }

  /**
   * Creates a table, waits until it is usable, and enables its time to live. For an existing lock
   * table it does the remaining steps of an earlier call, so an interrupted call can be repeated.
   *
   * @param newTable the table to create
   * @return the result with the description of the table
   * @throws InterruptedException if interrupted; the table may exist by then or later
   * @throws LockTableRefusedException if another table has that name, or the table is not ready in
   *     time
   * @throws LockTableException if DynamoDB cannot be used
   */
  public CreateResult createTable(NewLockTable newTable) throws InterruptedException {
    return createTable(newTable, () -> {});
  }

  /**
   * Creates a table like {@link #createTable(NewLockTable)} and reports when the wait starts.
   *
   * @param newTable the table to create
   * @param onAccepted called once after DynamoDB has accepted the creation, before the wait; not
   *     called if the table exists
   * @return the result with the description of the table
   * @throws InterruptedException if interrupted; the table may exist by then or later
   * @throws LockTableRefusedException if another table has that name, or the table is not ready in
   *     time
   * @throws LockTableException if DynamoDB cannot be used
   */
  public CreateResult createTable(NewLockTable newTable, Runnable onAccepted)
      throws InterruptedException {
    Objects.requireNonNull(newTable, "newTable");
    Objects.requireNonNull(onAccepted, "onAccepted");
    try {
      return createAndFinish(newTable, onAccepted);
    } catch (LockTableException e) {
      TableWaiter.throwIfInterrupted(newTable.name());
      throw e;
    }
  }

  private CreateResult createAndFinish(NewLockTable newTable, Runnable onAccepted)
      throws InterruptedException {
    try {
      SdkCalls.forTable(newTable.name())
          .write("CreateTable", () -> client.createTable(createTableRequest(newTable)));
    } catch (LockTableRefusedException inUse) {
      TableInspection inspection = waitUntilActive(newTable);
      requireLockTable(inspection.description());
      return new CreateResult.AlreadyExists(ensureTimeToLive(newTable.name(), inspection));
    }
    onAccepted.run();
    return new CreateResult.Created(ensureTimeToLive(newTable.name(), waitUntilActive(newTable)));
  }

  /** Waits until the table is active. Its tags may be missing before that. */
  private TableInspection waitUntilActive(NewLockTable newTable) throws InterruptedException {
    TableInspector inspector = new TableInspector(client);
    new TableWaiter(inspector, timeSource).waitUntilActive(newTable.name(), newTable.maxWait());
    return inspector.inspect(newTable.name());
  }

  private static CreateTableRequest createTableRequest(NewLockTable newTable) {
    List<Tag> tags = new ArrayList<>();
    newTable.tags().forEach((key, value) -> tags.add(tag(key, value)));
    tags.add(tag(TableSchema.TAG, TAG_VALUE));
    return CreateTableRequest.builder()
        .tableName(newTable.name())
        .attributeDefinitions(
            AttributeDefinition.builder()
                .attributeName(TableSchema.KEY)
                .attributeType(ScalarAttributeType.S)
                .build())
        .keySchema(
            KeySchemaElement.builder().attributeName(TableSchema.KEY).keyType(KeyType.HASH).build())
        .billingMode(BillingMode.PAY_PER_REQUEST)
        .deletionProtectionEnabled(newTable.deletionProtection() == DeletionProtection.ENABLED)
        .tags(tags)
        .overrideConfiguration(SdkCalls.WITH_TIMEOUT)
        .build();
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  private LockTableDescription ensureTimeToLive(String name, TableInspection inspection)
      throws InterruptedException {
    if (!inspection.isTimeToLiveOff()) {
      return inspection.description();
    }
    try {
      enableTimeToLive(name);
    } catch (LockTableException e) {
      TableWaiter.throwIfInterrupted(name);
      requireTimeToLive(name, e);
    }
    return new TableInspector(client).inspect(name).description();
  }

  private void enableTimeToLive(String name) {
    SdkCalls.forTable(name)
        .write(
            "UpdateTimeToLive",
            () ->
                client.updateTimeToLive(
                    r ->
                        r.tableName(name)
                            .timeToLiveSpecification(
                                t -> t.attributeName(TableSchema.TTL).enabled(true))
                            .overrideConfiguration(SdkCalls.WITH_TIMEOUT)));
  }

  /** Accepts a failure if the time to live is enabled, by an earlier copy or by another caller. */
  private void requireTimeToLive(String name, LockTableException failure) {
    if (new TableInspector(client).inspect(name).isTimeToLiveOff()) {
      throw failure;
    }
  }

  /**
   * Describes a table, also if it is not a lock table.
   *
   * @param table name or ARN of the table
   * @return the description with the list of differences from a correct lock table
   * @throws IllegalArgumentException if the name is not valid
   * @throws LockTableException if the table does not exist, or DynamoDB cannot be used
   */
  public LockTableDescription describeTable(String table) {
    return new TableInspector(client).inspect(TableSchema.requireTableName(table)).description();
  }

  /**
   * Lists the lock tables of the account and Region, which have the tag {@link TableSchema#TAG}.
   * Sends one request for each hundred tables, two for each table, and one more for each lock
   * table.
   *
   * @return all lock tables, in the order of DynamoDB
   * @throws LockTableException if DynamoDB cannot be used
   */
  public List<LockTableDescription> listTables() {
    return new TableInspector(client).listLockTables();
  }

  /**
   * Deletes a lock table and waits for the end of the deletion. Before that it reads the whole
   * table and refuses unrecognized rows and held locks. It does not detect a lock that is acquired
   * after its page was read. For a table in deletion it only waits, so an interrupted call can be
   * repeated.
   *
   * @param table name or ARN of the table
   * @param mode behavior while locks are held
   * @throws InterruptedException if interrupted; the table may be deleted by then or later
   * @throws LockTableRefusedException if it is not a lock table, protected, or in use
   * @throws IllegalArgumentException if the name is not valid
   * @throws LockTableException if the table does not exist, or DynamoDB cannot be used
   */
  public void deleteTable(String table, DeleteMode mode) throws InterruptedException {
    Objects.requireNonNull(mode, "mode");
    try {
      new TableDeletion(client, timeSource, TableSchema.requireTableName(table))
          .run(mode, MAX_DELETION_WAIT);
    } catch (LockTableException e) {
      TableWaiter.throwIfInterrupted(table);
      throw e;
    }
  }

  static void requireLockTable(LockTableDescription table) {
    if (!table.isLockTable()) {
      throw new LockTableRefusedException(
          Reason.NOT_A_LOCK_TABLE,
          "table '"
              + table.name()
              + "' is not a lock table, and is left as it is: "
              + (table.tagStatus() == TagStatus.UNTAGGED
                  ? "it has no tag '"
                      + TableSchema.TAG
                      + "'; choose another name, or set the tag if locks are kept in it"
                  : "it has another key than lock rows need; choose another name"),
          null);
    }
  }

  @Override
  public String toString() {
    return "LockTableAdmin[" + timeSource + "]";
  }
}
