package dev.holdfast.lock.dynamodb.admin;

import dev.holdfast.lock.TimeSource;
import dev.holdfast.lock.dynamodb.admin.LockTableRefusedException.Reason;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

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

  TableLook untilActive(String table, Duration bound) throws InterruptedException {
    return until(table, bound, look -> look.map(Waiter::isUsable).orElse(false))
        .orElseThrow(() -> notReady(table, "is being deleted", "create it when it is gone"));
  }

  void untilGone(String table, Duration bound) throws InterruptedException {
    until(table, bound, Optional::isEmpty);
  }

  private static boolean isUsable(TableLook look) {
    if (look.isBeingDeleted()) {
      throw notReady(
          look.table().tableName(), "is being deleted", "create it again when it is gone");
    }
    return look.description().differences().stream()
        .noneMatch(difference -> difference.aspect() == Aspect.STATUS);
  }

  private Optional<TableLook> until(
      String table, Duration bound, Predicate<Optional<TableLook>> done)
      throws InterruptedException {
    long deadline = time.monotonicNanos() + bound.toNanos();
    Duration pause = FIRST_PAUSE;
    while (true) {
      throwIfInterrupted(table);
      Optional<TableLook> look = tables.find(table);
      if (done.test(look)) {
        return look;
      }
      Duration left = Duration.ofNanos(deadline - time.monotonicNanos());
      if (left.isNegative() || left.isZero()) {
        throw notReady(
            table,
            "is " + look.map(TableLook::status).orElse("not to be seen") + " still after " + bound,
            "wait longer, or look at it");
      }
      time.sleep(pause.compareTo(left) < 0 ? pause : left);
      pause = pause.compareTo(PAUSE_MAX) < 0 ? pause.multipliedBy(2) : PAUSE_MAX;
    }
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
