package dev.holdfast.lambda;

import dev.holdfast.lambda.HeldRows.Remembered;
import dev.holdfast.lock.AlreadyDoneException;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.LockThrottledException;
import dev.holdfast.lock.LockUnavailableException;
import dev.holdfast.lock.Locks;
import java.time.Duration;
import java.util.Optional;

/**
 * Acquires what one piece of work needs, for one invocation.
 *
 * <p>The event's row comes first, so that a duplicate costs one refused write; where the resource
 * is busy then, the event's row is given back. Nothing is held unless everything is, and unless the
 * work still fits into the time left.
 *
 * @param table where the locks are
 * @param settings what the guard was told
 * @param invocation for which
 * @param tally what this invocation came to so far
 */
record Gate(Table table, Settings settings, Invocation invocation, Tally tally) {

  /**
   * Where the locks are.
   *
   * @param locks on the table
   * @param held what this JVM has of it, as far as the guard knows
   */
  record Table(Locks locks, HeldKeys held) {

    /** The same for one invocation, whose metrics have what only the lock sees. */
    Table counting(Tally tally) {
      return new Table(locks.withListener(new TallyListener(tally)), held);
    }
  }

  DecisionLog log() {
    return new DecisionLog(invocation.requestId());
  }

  /** Writes the metrics; the invocation is about to return. */
  void report() {
    settings.telemetry().report(tally, invocation);
  }

  Gate needingAtLeast(Duration seen) {
    Settings needing = settings.with(settings.time().needingAtLeast(seen));
    return new Gate(table, needing, invocation, tally);
  }

  /** How long a lock may be waited for now, when the wait is shared with others. */
  Duration waitSharedBy(int waiting) {
    return settings
        .time()
        .wait(invocation.remaining(), settings.time().longestWait())
        .dividedBy(waiting);
  }

  /** Waits while the work still fits behind the wait, or as long as the guard was told. */
  HeldRows enter(Subject subject) throws InterruptedException {
    return enter(subject, settings.time().longestWait());
  }

  /**
   * Waits no longer than told.
   *
   * @throws AlreadyDoneException if the event was handled before
   * @throws LockUnavailableException if a row was held by another until then
   * @throws TooLittleTimeException if the work does not fit, or no longer does
   */
  HeldRows enter(Subject subject, Duration waitMax) throws InterruptedException {
    Duration remaining = invocation.remaining();
    settings.time().ensureFits(remaining);
    Duration wait = settings.time().wait(remaining, waitMax);
    HeldRows rows = counted(subject, remaining, remaining.minus(wait));
    try {
      settings.time().ensureFits(invocation.remaining());
      return rows;
    } catch (TooLittleTimeException e) {
      rows.close();
      throw e;
    }
  }

  private HeldRows counted(Subject subject, Duration begun, Duration waitEnd)
      throws InterruptedException {
    try {
      return acquire(subject, waitEnd);
    } catch (AlreadyDoneException e) {
      tally.count(LockMetric.DUPLICATE);
      throw e;
    } catch (LockUnavailableException e) {
      tally.busy(subject.toString());
      throw e;
    } catch (LockThrottledException e) {
      tally.count(LockMetric.THROTTLED);
      throw e;
    } finally {
      tally.add(LockMetric.WAITED, begun.minus(invocation.remaining()));
    }
  }

  /** For callers that are told, too, where an id makes no key. */
  void ensureKeys(Subject subject) {
    subject.resource().ifPresent(id -> settings.naming().resourceKey(id, invocation));
    subject.event().ifPresent(id -> settings.naming().eventKey(id, invocation));
  }

  private HeldRows acquire(Subject subject, Duration waitEnd) throws InterruptedException {
    Optional<String> key =
        subject.resource().map(id -> settings.naming().resourceKey(id, invocation));
    Optional<Remembered> event = event(subject, waitEnd);
    try {
      return new HeldRows(this, resource(key, subject, waitEnd), event);
    } catch (Throwable e) {
      event.ifPresent(remembered -> giveBack(remembered.row().lock()));
      throw e;
    }
  }

  /** Never throws. */
  void giveBack(HeldLock row) {
    row.close();
    table.held().remove(row.name());
  }

  private Optional<Remembered> event(Subject subject, Duration waitEnd)
      throws InterruptedException {
    if (settings.remembering().isEmpty() || subject.event().isEmpty()) {
      return Optional.empty();
    }
    String key = settings.naming().eventKey(subject.event().get(), invocation);
    LockRequest request = request(key, subject, waitEnd);
    HeldRow row = acquire(subject.payloadHash().map(request::payloadHash).orElse(request));
    return Optional.of(new Remembered(row, settings.remembering().get()));
  }

  private Optional<HeldRow> resource(Optional<String> key, Subject subject, Duration waitEnd)
      throws InterruptedException {
    if (key.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(acquire(request(key.get(), subject, waitEnd)));
    } catch (AlreadyDoneException e) {
      throw new IllegalStateException(
          "a resource is locked and released, and '"
              + key.get()
              + "' was completed by other code: use another id or another key prefix",
          e);
    }
  }

  private HeldRow acquire(LockRequest request) throws InterruptedException {
    table.held().ensureNotMine(request.name());
    HeldLock lock = table.locks().acquire(request);
    HeldRow row = HeldRow.of(lock, settings.time().renewing());
    table.held().add(request.name());
    return row;
  }

  /** Waits until the remaining time has shrunk to the end that all rows of the work share. */
  private LockRequest request(String key, Subject subject, Duration waitEnd) {
    Duration remaining = invocation.remaining();
    Duration wait = remaining.minus(waitEnd);
    LockRequest request =
        LockRequest.of(key)
            .lease(settings.time().lease(remaining))
            .waitUpTo(wait.isNegative() ? Duration.ZERO : wait)
            .callsWithin(settings.time().calls(remaining))
            .holder(invocation.holder());
    return subject.event().map(id -> ofEvent(request, id)).orElse(request);
  }

  /** The refusal's own text is about requests, and the event is what is wrong. */
  private static LockRequest ofEvent(LockRequest request, String id) {
    try {
      return request.event(id);
    } catch (IllegalArgumentException e) {
      throw new InvalidEventException(
          "event id makes no text of a row: it must be valid Unicode, without half a surrogate pair",
          e);
    }
  }
}
