package dev.holdfast.lock.admin;

import dev.holdfast.lock.LockTableNotFoundException;
import dev.holdfast.lock.TimeSource;
import dev.holdfast.lock.admin.LockTableRefusedException.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Deletes one table, unless that would do harm.
 *
 * @param client where it is
 * @param timeSource the clocks
 * @param table its name or ARN
 */
record TableDeletion(DynamoDbClient client, TimeSource timeSource, String table) {

  /** Made again after it was cut off, or its answer was lost, it waits for what is under way. */
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
        .run(
            "DeleteTable",
            () ->
                client.deleteTable(
                    r -> r.tableName(table).overrideConfiguration(SdkCalls.WITH_TIMEOUT)));
  }

  /** The SDK repeats a call whose answer was lost: then the first one did it. */
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
            "has a row '" + row.name() + "' that is no lock (" + row.reason() + ")",
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
        "has a lock '"
            + held.name()
            + "' that "
            + held.holder().description()
            + " holds until "
            + held.holder().leaseExpiresAt(),
        "wait until nothing uses the table, or say that it is to go all the same");
  }

  private LockTableRefusedException refusal(Reason reason, String problem, String advice) {
    return new LockTableRefusedException(
        reason, "table '" + table + "' " + problem + " and is not deleted: " + advice, null);
  }
}
