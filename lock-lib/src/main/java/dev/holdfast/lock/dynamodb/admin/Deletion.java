package dev.holdfast.lock.dynamodb.admin;

import dev.holdfast.lock.LockTableMissingException;
import dev.holdfast.lock.TimeSource;
import dev.holdfast.lock.dynamodb.admin.LockTableRefusedException.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Deletes one table, unless that would do harm.
 *
 * @param client where it is
 * @param time the clocks
 * @param table its name or ARN
 */
record Deletion(DynamoDbClient client, TimeSource time, String table) {

  /** Made again after it was cut off, or its answer was lost, it waits for what is under way. */
  void run(HeldLockRule rule, Duration bound) throws InterruptedException {
    Tables tables = new Tables(client);
    TableLook look = tables.look(table);
    if (!Waiter.isBeingDeleted(look.table())) {
      requireDeletable(look);
      requireUnused(rule);
      begin();
    }
    new Waiter(tables, time).untilGone(table, bound);
  }

  private void begin() {
    try {
      delete();
    } catch (LockTableMissingException alreadyGone) {
      return;
    } catch (LockTableRefusedException inUse) {
      requireBeingDeleted(inUse);
    }
  }

  private void delete() {
    Calls.about(table)
        .run(
            "DeleteTable",
            () -> client.deleteTable(r -> r.tableName(table).overrideConfiguration(Calls.BOUNDED)));
  }

  /** The SDK repeats a call whose answer was lost: then the first one did it. */
  private void requireBeingDeleted(LockTableRefusedException inUse) {
    if (!new Tables(client).find(table).map(Waiter::isBeingDeleted).orElse(true)) {
      throw inUse;
    }
  }

  private void requireDeletable(TableLook look) {
    LockTableDescription description = look.description();
    LockTables.requireLockTable(description);
    if (!look.isActive()) {
      throw refused(Reason.NOT_READY, "is " + look.status(), "try again when it is ACTIVE");
    }
    description.differences().stream()
        .filter(difference -> difference.aspect() == Aspect.KEY)
        .forEach(
            wrong -> {
              throw refused(
                  Reason.WRONG_SCHEMA,
                  "is tagged as a lock table, but its " + wrong,
                  "delete it by the AWS command line if that is meant");
            });
    if (description.protection() == Protection.ON) {
      throw refused(
          Reason.PROTECTED,
          "is protected from deletion",
          "turn that off first: aws dynamodb update-table --table-name "
              + description.name()
              + " --no-deletion-protection-enabled");
    }
  }

  private void requireUnused(HeldLockRule rule) {
    Instant now = time.wall();
    Iterator<StoredLock> locks = StoredLocks.on(client, table).held().iterator();
    while (locks.hasNext()) {
      StoredLock lock = locks.next();
      if (lock instanceof StoredLock.Unreadable row) {
        throw refused(
            Reason.FOREIGN_ROWS,
            "has a row '" + row.name() + "' that is no lock (" + row.reason() + ")",
            "delete the table by the AWS command line if that is meant");
      }
      boolean inUse = lock instanceof StoredLock.Held held && held.mayBeHeldAt(now);
      if (inUse && rule == HeldLockRule.REFUSE) {
        throw locksHeld((StoredLock.Held) lock);
      }
    }
  }

  private LockTableRefusedException locksHeld(StoredLock.Held held) {
    return refused(
        Reason.LOCKS_HELD,
        "has a lock '"
            + held.name()
            + "' that "
            + held.holder().description()
            + " holds until "
            + held.holder().leaseEnd(),
        "wait until nothing uses the table, or say that it is to go all the same");
  }

  private LockTableRefusedException refused(Reason reason, String how, String advice) {
    return new LockTableRefusedException(
        reason, "table '" + table + "' " + how + " and is not deleted: " + advice, null);
  }
}
