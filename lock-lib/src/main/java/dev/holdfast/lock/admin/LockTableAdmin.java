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
 * Creates, describes, lists and deletes lock tables. Immutable and safe between threads.
 *
 * <p>All failures of the way to DynamoDB are {@link LockTableException}s, as those of locking; the
 * message names the permission where one is missing.
 */
public final class LockTableAdmin {
  /** The tag counts, not its value; the row format is what a person may want to know. */
  private static final String TAG_VALUE = "1";

  private static final Duration MAX_DELETION_WAIT = Duration.ofMinutes(5);

  private final DynamoDbClient client;
  private final TimeSource timeSource;

  private LockTableAdmin(DynamoDbClient client, TimeSource timeSource) {
    this.client = client;
    this.timeSource = timeSource;
  }

  /**
   * The tables of one account and Region. Makes no call.
   *
   * @param client used as it is, with its Region, credentials and retries; the caller closes it
   * @return its lock tables
   */
  public static LockTableAdmin create(DynamoDbClient client) {
    Objects.requireNonNull(client, "client");
    return new LockTableAdmin(client, TimeSource.system());
  }

  /**
   * With other clocks, for tests.
   *
   * @param newTimeSource the clocks
   * @return a copy
   */
  public LockTableAdmin withTimeSource(TimeSource newTimeSource) {
    return new LockTableAdmin(client, newTimeSource);
  }

  /**
   * Creates a table, waits until it can be used, and turns its time to live on. Where there is a
   * lock table of that name, finishes what an earlier call may have left undone; so a call that was
   * cut off is simply made again.
   *
   * @param newTable the table
   * @return whether it is new, and how it is now
   * @throws InterruptedException if interrupted; the table may be there by then, or come to be
   * @throws LockTableRefusedException if another table has that name, or it is not ready in time
   * @throws LockTableException if DynamoDB cannot be used
   */
  public CreateResult createTable(NewLockTable newTable) throws InterruptedException {
    try {
      return createAndFinish(newTable);
    } catch (LockTableException e) {
      TableWaiter.throwIfInterrupted(newTable.name());
      throw e;
    }
  }

  private CreateResult createAndFinish(NewLockTable newTable) throws InterruptedException {
    try {
      SdkCalls.forTable(newTable.name())
          .run("CreateTable", () -> client.createTable(createTableRequest(newTable)));
    } catch (LockTableRefusedException inUse) {
      TableInspection inspection = waitUntilActive(newTable);
      requireLockTable(inspection.description());
      return new CreateResult.AlreadyExists(ensureTimeToLive(newTable.name(), inspection));
    }
    return new CreateResult.Created(ensureTimeToLive(newTable.name(), waitUntilActive(newTable)));
  }

  /** Tags, by which a table is known, are to be seen when it is active, and maybe not before. */
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
        .run(
            "UpdateTimeToLive",
            () ->
                client.updateTimeToLive(
                    r ->
                        r.tableName(name)
                            .timeToLiveSpecification(
                                t -> t.attributeName(TableSchema.TTL).enabled(true))
                            .overrideConfiguration(SdkCalls.WITH_TIMEOUT)));
  }

  /** An answer that was lost, or another who creates it too: then it is on, and all is well. */
  private void requireTimeToLive(String name, LockTableException failure) {
    if (new TableInspector(client).inspect(name).isTimeToLiveOff()) {
      throw failure;
    }
  }

  /**
   * Describes a table, whether it is a lock table or not.
   *
   * @param table its name or ARN
   * @return how it is, with a list of what differs from what a lock table should be
   * @throws IllegalArgumentException if no table can have that name
   * @throws LockTableException if there is none, or DynamoDB cannot be used
   */
  public LockTableDescription describeTable(String table) {
    return new TableInspector(client).inspect(TableSchema.requireTableName(table)).description();
  }

  /**
   * Lists the lock tables of the account and Region: those that have the tag {@link
   * TableSchema#TAG}. Costs a call for each hundred tables, two more for each table, and a third
   * for each lock table.
   *
   * @return in DynamoDB's order, all pages
   * @throws LockTableException if DynamoDB cannot be used
   */
  public List<LockTableDescription> listTables() {
    return new TableInspector(client).listLockTables();
  }

  /**
   * Deletes a lock table, and waits until it is gone. Reads the whole table before, for rows that
   * are not ours and locks that are held; one that is acquired after that is not seen. A table that
   * is being deleted already is only waited for: a call that was cut off can be made again.
   *
   * @param table its name or ARN
   * @param mode what to do where locks are held
   * @throws InterruptedException if interrupted; the table may be gone by then, or go
   * @throws LockTableRefusedException if it is not ours to delete, or protected, or in use
   * @throws IllegalArgumentException if no table can have that name
   * @throws LockTableException if there is none, or DynamoDB cannot be used
   */
  public void deleteTable(String table, DeleteMode mode) throws InterruptedException {
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
              + "' is not known as a lock table, and is left as it is: it has no tag '"
              + TableSchema.TAG
              + "'; choose another name, or set the tag if locks are kept in it",
          null);
    }
  }

  @Override
  public String toString() {
    return "LockTables[" + timeSource + "]";
  }
}
