package dev.holdfast.lock.admin;

import dev.holdfast.lock.LockTableNotFoundException;
import dev.holdfast.lock.TimeSource;
import dev.holdfast.lock.admin.LockTableRefusedException.Reason;
import dev.holdfast.lock.internal.text.LogText;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Deletion of one table, unless it would do harm.
 *
 * @param client client of the account and Region of the table
 * @param timeSource the clocks
 * @param table name or ARN of the table
 */
record TableDeletion(DynamoDbClient client, TimeSource timeSource, String table) {

  /** Deletes the table. A repeated call waits for a deletion that has started. */
  void run(DeleteMode mode, Duration maxWait) throws InterruptedException {
    TableInspector inspector = new TableInspector(client);
    TableInspection inspection = inspector.inspect(table);
    if (!TableWaiter.isBeingDeleted(inspection.table())) {
      requireDeletable(inspection);
      requireUnused(mode);
      startDeletion();
    }
    new TableWaiter(inspector, timeSource).waitUntilDeleted(table, maxWait);
  }

  private void startDeletion() {
    try {
      deleteTable();
    } catch (LockTableNotFoundException alreadyGone) {
      return;
    } catch (LockTableRefusedException inUse) {
      requireBeingDeleted(inUse);
    }
  }

  private void deleteTable() {
    SdkCalls.forTable(table)
        .write(
            "DeleteTable",
            () ->
                client.deleteTable(
                    r -> r.tableName(table).overrideConfiguration(SdkCalls.WITH_TIMEOUT)));
  }

  /**
   * Accepts a table in deletion: the SDK repeats a call without a reply, and the first copy
   * applied.
   */
  private void requireBeingDeleted(LockTableRefusedException inUse) {
    if (!new TableInspector(client).find(table).map(TableWaiter::isBeingDeleted).orElse(true)) {
      throw inUse;
    }
  }

  private void requireDeletable(TableInspection inspection) {
    LockTableDescription description = inspection.description();
    LockTableAdmin.requireLockTable(description);
    if (!inspection.isActive()) {
      throw refusal(Reason.NOT_READY, "is " + inspection.status(), "try again when it is ACTIVE");
    }
    description.issues().stream()
        .filter(issue -> issue.property() == TableProperty.KEY)
        .forEach(
            issue -> {
              throw refusal(
                  Reason.WRONG_SCHEMA,
                  "is tagged as a lock table, but its " + issue,
                  "delete it by the AWS command line if that is meant");
            });
    if (description.deletionProtection() == DeletionProtection.ENABLED) {
      throw refusal(
          Reason.DELETION_PROTECTED,
          "is protected from deletion",
          "turn that off first: aws dynamodb update-table --table-name "
              + description.name()
              + " --no-deletion-protection-enabled");
    }
  }

  private void requireUnused(DeleteMode mode) {
    Instant now = timeSource.wallTime();
    Iterator<StoredLock> locks = LockAdmin.create(client, table).listHeld().iterator();
    while (locks.hasNext()) {
      StoredLock lock = locks.next();
      if (lock instanceof StoredLock.Unrecognized row) {
        throw refusal(
            Reason.UNRECOGNIZED_ROWS,
            "has a row " + LogText.quote(row.name()) + " that is no lock (" + row.reason() + ")",
            "delete the table by the AWS command line if that is meant");
      }
      boolean inUse = lock instanceof StoredLock.Held held && held.mayBeHeldAt(now);
      if (inUse && mode == DeleteMode.IF_UNUSED) {
        throw locksHeldError((StoredLock.Held) lock);
      }
    }
  }

  private LockTableRefusedException locksHeldError(StoredLock.Held held) {
    return refusal(
        Reason.LOCKS_HELD,
        "has a lock "
            + LogText.quote(held.name())
            + " that "
            + LogText.escape(held.holder().description())
            + " holds until "
            + held.holder().leaseExpiresAt(),
        "wait until nothing uses the table, or force the deletion");
  }

  private LockTableRefusedException refusal(Reason reason, String problem, String advice) {
    return new LockTableRefusedException(
        reason, "table '" + table + "' " + problem + " and is not deleted: " + advice, null);
  }
}
