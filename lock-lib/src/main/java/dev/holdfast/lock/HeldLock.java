package dev.holdfast.lock;

import dev.holdfast.lock.internal.engine.AttemptRunner;
import dev.holdfast.lock.internal.engine.HoldLifecycle;
import dev.holdfast.lock.internal.engine.HoldOperations;
import dev.holdfast.lock.internal.engine.HoldState;
import dev.holdfast.lock.internal.engine.HoldState.Phase;
import dev.holdfast.lock.internal.engine.OutcomeErrors;
import dev.holdfast.lock.internal.engine.TransferCodec;
import dev.holdfast.lock.internal.protocol.ClockReading;
import dev.holdfast.lock.internal.protocol.Hold;
import dev.holdfast.lock.internal.protocol.Hold;
import dev.holdfast.lock.internal.protocol.RenewalResult;
import dev.holdfast.lock.internal.protocol.StoredValue;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A lock that is held until it is released, completed or lost. The one mutable class of the
 * library. Thread-safe: renewals, the release and the completion of one lock follow each other, and
 * nothing that only looks ever waits for them.
 */
public final class HeldLock implements Lease, AutoCloseable {
  private static final Duration RETENTION_MIN = Duration.ofSeconds(1);
  private static final Duration RETENTION_MAX = Duration.ofDays(3_660);

  private final AttemptRunner attemptRunner;
  private final HoldLifecycle lifecycle;
  private final HoldOperations operations;

  public HeldLock(AttemptRunner attemptRunner, Hold hold, long requestDeadlineNanos) {
    this.attemptRunner = attemptRunner;
    this.lifecycle = new HoldLifecycle(attemptRunner, hold);
    this.operations = new HoldOperations(attemptRunner, lifecycle, requestDeadlineNanos);
  }

  @Override
  public String name() {
    return lifecycle.name();
  }

  @Override
  public FencingToken fencingToken() {
    HoldState state = lifecycle.exposeToken();
    if (!state.tokenExposed()) {
      throw new LockClosedException(name(), "give its fencing token", state.phase().description());
    }
    return new FencingToken(state.hold().row().version().token());
  }

  @Override
  public Duration remaining() {
    ClockReading now = attemptRunner.now();
    HoldState state = lifecycle.refresh(now);
    return state.phase() == Phase.HELD
        ? Duration.ofNanos(state.hold().remainingNanos(now))
        : Duration.ZERO;
  }

  @Override
  public boolean isHeld() {
    return lifecycle.refresh(attemptRunner.now()).phase() == Phase.HELD;
  }

  @Override
  public void ensureHeld() {
    lifecycle.ensureHeld();
  }

  /** What is known of this lock without a look at the clock. */
  public HoldState state() {
    return lifecycle.state();
  }

  /**
   * Extends the lock by the lease that it has, from now on: one write.
   *
   * @throws LockLostException if validity is over, or the row is no longer ours
   * @throws LockClosedException if it was released or completed
   * @throws LockOutcomeUnknownException if no answer came; the lock is held as long as before, and
   *     may be renewed again
   * @throws LockTableException if the table could not be asked
   */
  public void renew() {
    renew(Duration.ofMillis(lifecycle.state().hold().row().leaseTerm().leaseMillis()));
  }

  /**
   * Extends the lock to another lease, from now on: one write. A shorter lease than before counts
   * as soon as it is sent.
   *
   * @param leaseDuration from 1 s to 24 h
   * @throws IllegalArgumentException if the lease is out of range
   * @throws LockLostException if validity is over, or the row is no longer ours
   * @throws LockClosedException if it was released or completed
   * @throws LockOutcomeUnknownException if no answer came; the lock is held as long as before, or
   *     as the new lease where that ends sooner, and may be renewed again
   * @throws LockTableException if the table could not be asked
   */
  public void renew(Duration leaseDuration) {
    LockRequest.checkLeaseDuration(leaseDuration);
    RenewalResult renewal = operations.renew(leaseDuration.toMillis());
    if (renewal instanceof RenewalResult.Unknown unknown) {
      throw OutcomeErrors.forHolderWrite(name(), "the renewal", unknown.failure());
    }
  }

  /** As {@link #renew(Duration)}, with what came of it as a value, a lease that is over too. */
  public RenewalResult tryRenew(Duration leaseDuration) {
    try {
      return operations.renew(leaseDuration.toMillis());
    } catch (LockLostException e) {
      return new RenewalResult.Lost();
    }
  }

  /**
   * Renews this lock by itself from now on, until it is lost or closed, or the keep-alive is.
   *
   * @return the keep-alive, which says when the lock is lost
   * @throws IllegalStateException if this lock is kept alive already
   * @throws LockLostException if validity is over, or the row is no longer ours
   * @throws LockClosedException if it was released, completed or handed over
   */
  public KeepAlive keepAlive() {
    return keepAlive(loss -> {});
  }

  /**
   * Renews this lock by itself from now on, until it is lost or closed, or the keep-alive is.
   *
   * @param onLoss told, once at most, that the lock is lost or will soon be, by a thread of its
   *     own; what it throws is logged and ignored
   * @return the keep-alive, which says the same
   * @throws IllegalStateException if this lock is kept alive already
   * @throws LockLostException if validity is over, or the row is no longer ours
   * @throws LockClosedException if it was released, completed or handed over
   */
  public KeepAlive keepAlive(Consumer<? super LockLoss> onLoss) {
    return new KeepAlive(this, operations.keepAlive(onLoss));
  }

  /**
   * Releases the lock: one write. The row is deleted where nobody has seen its token, else it stays
   * as a marker; a successor's row is never touched.
   *
   * @return what came of it
   * @throws LockClosedException if it was released or completed before
   * @throws LockTableException if the table could not be asked, and certainly did not do it: the
   *     lock may be released again
   */
  public ReleaseOutcome release() {
    return operations.release();
  }

  /**
   * Ends the hold and remembers that its work is done: one write. Until the window ends, everybody
   * who asks for this lock is told so.
   *
   * @param retention how long it is remembered, from 1 s to 3,660 days, from now on by wall clock
   * @throws IllegalArgumentException if the window is out of range
   * @throws UnsupportedOperationException if this is one of several permits: nothing was sent, and
   *     it is still held
   * @throws LockLostException if the row is no longer ours: somebody else may do the work again
   * @throws LockClosedException if it was released or completed before
   * @throws LockOutcomeUnknownException if no answer came; nothing more is sent, also by {@link
   *     #close}
   * @throws LockTableException if the table could not be asked, and certainly did not do it
   */
  public void complete(Duration retention) {
    complete(retention, Optional.empty());
  }

  /**
   * Ends the hold, remembers that its work is done, and keeps what it came to: one write. Until the
   * window ends, everybody who asks for this lock is given the result, by {@link Completion}.
   *
   * @param retention how long it is remembered, from 1 s to 3,660 days, from now on by wall clock
   * @param result what the work came to
   * @throws ResultTooLargeException if it is larger than its bound; the work counts as done
   * @throws IllegalArgumentException if the window is out of range
   * @throws LockException as {@link #complete(Duration)}
   */
  public void complete(Duration retention, StoredResult result) {
    if (result.isWithinMaxBytes()) {
      complete(retention, Optional.of(result.value()));
      return;
    }
    complete(retention, Optional.empty());
    throw new ResultTooLargeException(name(), result);
  }

  private void complete(Duration retention, Optional<StoredValue> result) {
    Durations.checkRange("window", retention, RETENTION_MIN, RETENTION_MAX);
    LockNames.checkCompletable(name());
    if (operations.complete(Durations.toMillisRoundedUp(retention), result) == Hold.End.LOST) {
      throw new LockLostException(name(), Phase.LOST.description());
    }
  }

  /**
   * Hands the lock over to whoever redeems the ticket, in this process or another one, by {@link
   * LockClient#resume}. No call is made. From now on this object is done with: it no longer holds
   * the lock, and {@link #close} does nothing.
   *
   * @return printable ASCII, about 120 characters and what table, name and event id take; whoever
   *     has it can take the lock
   * @throws LockLostException if validity is over, or the row is no longer ours
   * @throws LockClosedException if it was released, completed or handed over before
   * @throws LockOutcomeUnknownException if a renewal was not answered: renew it first
   */
  public String transfer() {
    return TransferCodec.encode(operations.transfer());
  }

  /**
   * Releases the lock unless that was done. Never throws: what goes wrong is logged, and the lease
   * ends by itself.
   */
  @Override
  public void close() {
    operations.close();
  }

  @Override
  public String toString() {
    HoldState state = lifecycle.state();
    String holder = state.hold().row().holderInfo().label();
    return "HeldLock[" + name() + ", " + state.phase().description() + ", holder " + holder + "]";
  }
}
