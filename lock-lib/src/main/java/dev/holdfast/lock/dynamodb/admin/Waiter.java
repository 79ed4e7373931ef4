package dev.holdfast.lock.dynamodb.admin;

import dev.holdfast.lock.LockTableException;
import dev.holdfast.lock.LockTableUnreachableException;
import dev.holdfast.lock.LockThrottledException;
import dev.holdfast.lock.TimeSource;
import dev.holdfast.lock.dynamodb.admin.LockTableRefusedException.Reason;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/**
 * Waits for DynamoDB to create or delete a table: looks at it again and again, ever more rarely,
 * and a last time at the deadline.
 *
 * @param tables where to look
 * @param time on what to wait
 */
record Waiter(Tables tables, TimeSource time) {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration PAUSE_MAX = Duration.ofSeconds(4);

  /** What a look came to: the table or none, or a failure that may pass. */
  private record Look(
      Optional<TableDescription> table, Optional<? extends LockTableException> failure) {}

  void untilActive(String table, Duration bound) throws InterruptedException {
    until(table, bound, found -> found.map(Waiter::isUsable).orElse(false));
  }

  void untilGone(String table, Duration bound) throws InterruptedException {
    until(table, bound, Optional::isEmpty);
  }

  static boolean isBeingDeleted(TableDescription table) {
    return table.tableStatus() == TableStatus.DELETING;
  }

  private static boolean isUsable(TableDescription table) {
    if (isBeingDeleted(table)) {
      throw notReady(table.tableName(), "is being deleted", "create it again when it is gone");
    }
    return table.tableStatus() == TableStatus.ACTIVE || table.tableStatus() == TableStatus.UPDATING;
  }

  private void until(String table, Duration bound, Predicate<Optional<TableDescription>> done)
      throws InterruptedException {
    long deadline = time.monotonicNanos() + bound.toNanos();
    for (Duration pause = FIRST_PAUSE; ; pause = shorter(pause.multipliedBy(2), PAUSE_MAX)) {
      Look look = look(table);
      if (look.failure().isEmpty() && done.test(look.table())) {
        return;
      }
      Duration left = Duration.ofNanos(deadline - time.monotonicNanos());
      if (left.isNegative() || left.isZero()) {
        throw outOfTime(table, bound, look);
      }
      time.sleep(shorter(pause, left));
    }
  }

  /** A call that was throttled or not answered is made again: the table goes its way meanwhile. */
  private Look look(String table) throws InterruptedException {
    throwIfInterrupted(table);
    try {
      return new Look(tables.find(table), Optional.empty());
    } catch (LockThrottledException | LockTableUnreachableException e) {
      throwIfInterrupted(table);
      return new Look(Optional.empty(), Optional.of(e));
    }
  }

  private static LockTableException outOfTime(String table, Duration bound, Look last) {
    if (last.failure().isPresent()) {
      return last.failure().get();
    }
    String status =
        last.table().map(TableDescription::tableStatusAsString).orElse("not to be seen");
    return notReady(table, "is " + status + " still after " + bound, "wait longer, or look at it");
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static LockTableRefusedException notReady(String table, String how, String advice) {
    return new LockTableRefusedException(
        Reason.NOT_READY, "table '" + table + "' " + how + ": " + advice, null);
  }

  static void throwIfInterrupted(String table) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted at table '" + table + "'");
    }
  }
}
