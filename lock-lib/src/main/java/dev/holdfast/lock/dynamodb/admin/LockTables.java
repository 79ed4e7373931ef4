package dev.holdfast.lock.dynamodb.admin;

import dev.holdfast.lock.LockTableException;
import dev.holdfast.lock.TimeSource;
import dev.holdfast.lock.dynamodb.TableSchema;
import dev.holdfast.lock.dynamodb.admin.LockTableRefusedException.Reason;
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
public final class LockTables {
  /** The tag counts, not its value; the row format is what a person may want to know. */
  private static final String TAG_VALUE = "1";

  private static final Duration DELETION_WAIT = Duration.ofMinutes(5);

  private final DynamoDbClient client;
  private final TimeSource time;

  private LockTables(DynamoDbClient client, TimeSource time) {
    this.client = client;
    this.time = time;
  }

  /**
   * The tables of one account and Region. Makes no call.
   *
   * @param client used as it is, with its Region, credentials and retries; the caller closes it
   * @return its lock tables
   */
  public static LockTables on(DynamoDbClient client) {
    Objects.requireNonNull(client, "client");
    return new LockTables(client, TimeSource.system());
  }

  /**
   * With other clocks, for tests.
   *
   * @param other the clocks
   * @return a copy
   */
  public LockTables withTime(TimeSource other) {
    return new LockTables(client, other);
  }

  /**
   * Creates a table, waits until it can be used, and turns its time to live on. Where there is a
   * lock table of that name, finishes what an earlier call may have left undone; so a call that was
   * cut off is simply made again.
   *
   * @param wanted the table
   * @return whether it is new, and how it is now
   * @throws InterruptedException if interrupted; the table may be there by then, or come to be
   * @throws LockTableRefusedException if another table has that name, or it is not ready in time
   * @throws LockTableException if DynamoDB cannot be used
   */
  public Creation create(NewLockTable wanted) throws InterruptedException {
    try {
      return made(wanted);
    } catch (LockTableException e) {
      Waiter.throwIfInterrupted(wanted.name());
      throw e;
    }
  }

  private Creation made(NewLockTable wanted) throws InterruptedException {
    try {
      Calls.about(wanted.name()).run("CreateTable", () -> client.createTable(request(wanted)));
    } catch (LockTableRefusedException inUse) {
      TableLook there = active(wanted);
      requireLockTable(there.description());
      return new Creation.AlreadyThere(finished(wanted.name(), there));
    }
    return new Creation.Created(finished(wanted.name(), active(wanted)));
  }

  /** Tags, by which a table is known, are to be seen when it is active, and maybe not before. */
  private TableLook active(NewLockTable wanted) throws InterruptedException {
    Tables tables = new Tables(client);
    new Waiter(tables, time).untilActive(wanted.name(), wanted.waitUpTo());
    return tables.look(wanted.name());
  }

  private static CreateTableRequest request(NewLockTable wanted) {
    List<Tag> tags = new ArrayList<>();
    wanted.tags().forEach((key, value) -> tags.add(tag(key, value)));
    tags.add(tag(TableSchema.TAG, TAG_VALUE));
    return CreateTableRequest.builder()
        .tableName(wanted.name())
        .attributeDefinitions(
            AttributeDefinition.builder()
                .attributeName(TableSchema.KEY)
                .attributeType(ScalarAttributeType.S)
                .build())
        .keySchema(
            KeySchemaElement.builder().attributeName(TableSchema.KEY).keyType(KeyType.HASH).build())
        .billingMode(BillingMode.PAY_PER_REQUEST)
        .deletionProtectionEnabled(wanted.protection() == Protection.ON)
        .tags(tags)
        .overrideConfiguration(Calls.BOUNDED)
        .build();
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  private LockTableDescription finished(String name, TableLook active) throws InterruptedException {
    if (!active.timeToLiveIsOff()) {
      return active.description();
    }
    try {
      turnTimeToLiveOn(name);
    } catch (LockTableException e) {
      Waiter.throwIfInterrupted(name);
      requireTimeToLive(name, e);
    }
    return new Tables(client).look(name).description();
  }

  private void turnTimeToLiveOn(String name) {
    Calls.about(name)
        .run(
            "UpdateTimeToLive",
            () ->
                client.updateTimeToLive(
                    r ->
                        r.tableName(name)
                            .timeToLiveSpecification(
                                t -> t.attributeName(TableSchema.TTL).enabled(true))
                            .overrideConfiguration(Calls.BOUNDED)));
  }

  /** An answer that was lost, or another who creates it too: then it is on, and all is well. */
  private void requireTimeToLive(String name, LockTableException failure) {
    if (new Tables(client).look(name).timeToLiveIsOff()) {
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
  public LockTableDescription describe(String table) {
    return new Tables(client).look(TableSchema.requireTable(table)).description();
  }

  /**
   * Lists the lock tables of the account and Region: those that have the tag {@link
   * TableSchema#TAG}. Costs a call for each hundred tables, two more for each table, and a third
   * for each lock table.
   *
   * @return in DynamoDB's order, all pages
   * @throws LockTableException if DynamoDB cannot be used
   */
  public List<LockTableDescription> list() {
    return new Tables(client).lockTables();
  }

  /**
   * Deletes a lock table, and waits until it is gone. Reads the whole table before, for rows that
   * are not ours and locks that are held; one that is acquired after that is not seen. A table that
   * is being deleted already is only waited for: a call that was cut off can be made again.
   *
   * @param table its name or ARN
   * @param rule what to do where locks are held
   * @throws InterruptedException if interrupted; the table may be gone by then, or go
   * @throws LockTableRefusedException if it is not ours to delete, or protected, or in use
   * @throws IllegalArgumentException if no table can have that name
   * @throws LockTableException if there is none, or DynamoDB cannot be used
   */
  public void delete(String table, HeldLockRule rule) throws InterruptedException {
    try {
      new Deletion(client, time, TableSchema.requireTable(table)).run(rule, DELETION_WAIT);
    } catch (LockTableException e) {
      Waiter.throwIfInterrupted(table);
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
    return "LockTables[" + time + "]";
  }
}
