package dev.holdfast.lock.admin;

import dev.holdfast.lock.LockTableException;
import dev.holdfast.lock.LockTableUnreachableException;
import dev.holdfast.lock.LockThrottledException;
import dev.holdfast.lock.TimeSource;
import dev.holdfast.lock.admin.LockTableRefusedException.Reason;
import dev.holdfast.lock.internal.text.LogText;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/**
 * Waiter for the creation or deletion of a table. It polls the table with growing pauses, and a
 * last time at the deadline. {@code docs/rationale.md} says why it is not the SDK's waiter.
 *
 * @param inspector reader of the table
 * @param timeSource clocks of the wait
 */
record TableWaiter(TableInspector inspector, TimeSource timeSource) {
  private static final Duration INITIAL_PAUSE = Duration.ofMillis(200);
  private static final Duration MAX_PAUSE = Duration.ofSeconds(4);

  /** Result of a poll: the table, no table, or a transient failure. */
  private record PollResult(
      Optional<TableDescription> table, Optional<? extends LockTableException> failure) {}

  void waitUntilActive(String table, Duration maxWait) throws InterruptedException {
    waitUntil(table, maxWait, found -> found.map(TableWaiter::isUsable).orElse(false));
  }

  void waitUntilDeleted(String table, Duration maxWait) throws InterruptedException {
    waitUntil(table, maxWait, Optional::isEmpty);
  }

  static boolean isBeingDeleted(TableDescription table) {
    return table.tableStatus() == TableStatus.DELETING;
  }

  private static boolean isUsable(TableDescription table) {
    if (isBeingDeleted(table)) {
      throw notReadyError(
          table.tableName(), "is being deleted", "create it again after the deletion");
    }
    return table.tableStatus() == TableStatus.ACTIVE || table.tableStatus() == TableStatus.UPDATING;
  }

  private void waitUntil(
      String table, Duration maxWait, Predicate<Optional<TableDescription>> condition)
      throws InterruptedException {
    long deadline = timeSource.monotonicNanos() + maxWait.toNanos();
    for (Duration pause = INITIAL_PAUSE; ; pause = min(pause.multipliedBy(2), MAX_PAUSE)) {
      PollResult result = poll(table);
      if (result.failure().isEmpty() && condition.test(result.table())) {
        return;
      }
      Duration remaining = Duration.ofNanos(deadline - timeSource.monotonicNanos());
      if (remaining.isNegative() || remaining.isZero()) {
        throw timeoutError(table, maxWait, result);
      }
      timeSource.sleep(min(pause, remaining));
    }
  }

  /**
   * Polls once. A throttled or unanswered poll is a result, since the table continues to change.
   */
  private PollResult poll(String table) throws InterruptedException {
    throwIfInterrupted(table);
    try {
      return new PollResult(inspector.find(table), Optional.empty());
    } catch (LockThrottledException | LockTableUnreachableException e) {
      throwIfInterrupted(table);
      return new PollResult(Optional.empty(), Optional.of(e));
    }
  }

  private static LockTableException timeoutError(String table, Duration maxWait, PollResult last) {
    if (last.failure().isPresent()) {
      return last.failure().get();
    }
    String status = last.table().map(TableDescription::tableStatusAsString).orElse("missing");
    return notReadyError(
        table, "is " + status + " still after " + maxWait, "wait longer, or describe it");
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static LockTableRefusedException notReadyError(
      String table, String problem, String advice) {
    return new LockTableRefusedException(
        Reason.NOT_READY, "table '" + table + "' " + problem + ": " + advice, null);
  }

  static void throwIfInterrupted(String table) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted at table " + LogText.quote(table));
    }
  }
}
