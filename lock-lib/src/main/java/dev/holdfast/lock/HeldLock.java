package dev.holdfast.lock;

import dev.holdfast.lock.HoldState.Phase;
import dev.holdfast.lock.protocol.ClockReading;
import dev.holdfast.lock.protocol.Ending;
import dev.holdfast.lock.protocol.Hold;
import dev.holdfast.lock.protocol.Renewal;
import dev.holdfast.lock.protocol.Result;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A lock that is held until it is released, completed or lost. The one mutable class of the
 * library. Thread-safe: renewals, the release and the completion of one lock follow each other, and
 * nothing that only looks ever waits for them.
 */
public final class HeldLock implements Lease, AutoCloseable {
  private static final Duration WINDOW_MIN = Duration.ofSeconds(1);
  private static final Duration WINDOW_MAX = Duration.ofDays(3_660);

  private final Shell shell;
  private final HoldLife life;
  private final HoldWrites writes;

  HeldLock(Shell shell, Hold hold, long callsEndNanos) {
    this.shell = shell;
    this.life = new HoldLife(shell, hold);
    this.writes = new HoldWrites(shell, life, callsEndNanos);
  }

  @Override
  public String name() {
    return life.name();
  }

  @Override
  public FencingToken fencingToken() {
    HoldState seen = life.showingToken();
    if (!seen.tokenSeen()) {
      throw new LockClosedException(name(), "give its fencing token", seen.phase().text());
    }
    return new FencingToken(seen.hold().row().stamp().token());
  }

  @Override
  public Duration remaining() {
    ClockReading now = shell.now();
    HoldState seen = life.looked(now);
    return seen.phase() == Phase.HELD
        ? Duration.ofNanos(seen.hold().remainingNanos(now))
        : Duration.ZERO;
  }

  @Override
  public boolean isHeld() {
    return life.looked(shell.now()).phase() == Phase.HELD;
  }

  @Override
  public void ensureHeld() {
    life.ensureHeld();
  }

  /** What is known of this lock without a look at the clock. */
  HoldState seen() {
    return life.seen();
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
    renew(Duration.ofMillis(life.seen().hold().row().term().leaseMillis()));
  }

  /**
   * Extends the lock to another lease, from now on: one write. A shorter lease than before counts
   * as soon as it is sent.
   *
   * @param lease from 1 s to 24 h
   * @throws IllegalArgumentException if the lease is out of range
   * @throws LockLostException if validity is over, or the row is no longer ours
   * @throws LockClosedException if it was released or completed
   * @throws LockOutcomeUnknownException if no answer came; the lock is held as long as before, or
   *     as the new lease where that ends sooner, and may be renewed again
   * @throws LockTableException if the table could not be asked
   */
  public void renew(Duration lease) {
    LockRequest.checkLease(lease);
    Renewal renewal = writes.renew(lease.toMillis());
    if (renewal instanceof Renewal.Unknown unknown) {
      throw Failures.ofHolder(name(), "the renewal", unknown.failure());
    }
  }

  /** As {@link #renew(Duration)}, with what came of it as a value, a lease that is over too. */
  Renewal renewal(Duration lease) {
    try {
      return writes.renew(lease.toMillis());
    } catch (LockLostException e) {
      return new Renewal.Lost();
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
  public KeepAlive keepAlive(Consumer<? super Loss> onLoss) {
    return new KeepAlive(this, writes.keep(onLoss));
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
    return writes.release();
  }

  /**
   * Ends the hold and remembers that its work is done: one write. Until the window ends, everybody
   * who asks for this lock is told so.
   *
   * @param window how long it is remembered, from 1 s to 3,660 days, from now on by wall clock
   * @throws IllegalArgumentException if the window is out of range
   * @throws UnsupportedOperationException if this is one of several permits: nothing was sent, and
   *     it is still held
   * @throws LockLostException if the row is no longer ours: somebody else may do the work again
   * @throws LockClosedException if it was released or completed before
   * @throws LockOutcomeUnknownException if no answer came; nothing more is sent, also by {@link
   *     #close}
   * @throws LockTableException if the table could not be asked, and certainly did not do it
   */
  public void complete(Duration window) {
    complete(window, Optional.empty());
  }

  /**
   * Ends the hold, remembers that its work is done, and keeps what it came to: one write. Until the
   * window ends, everybody who asks for this lock is given the result, by {@link Completion}.
   *
   * @param window how long it is remembered, from 1 s to 3,660 days, from now on by wall clock
   * @param result what the work came to
   * @throws ResultTooLargeException if it is larger than its bound; the work counts as done
   * @throws IllegalArgumentException if the window is out of range
   * @throws LockException as {@link #complete(Duration)}
   */
  public void complete(Duration window, StoredResult result) {
    if (result.fits()) {
      complete(window, Optional.of(result.stored()));
      return;
    }
    complete(window, Optional.empty());
    throw new ResultTooLargeException(name(), result);
  }

  private void complete(Duration window, Optional<Result> result) {
    Ranges.check("window", window, WINDOW_MIN, WINDOW_MAX);
    Names.checkCompletable(name());
    if (writes.complete(Ranges.millisUp(window), result) == Ending.LOST) {
      throw new LockLostException(name(), Phase.LOST.text());
    }
  }

  /**
   * Hands the lock over to whoever redeems the ticket, in this process or another one, by {@link
   * Locks#redeem}. No call is made. From now on this object is done with: it no longer holds the
   * lock, and {@link #close} does nothing.
   *
   * @return printable ASCII, about 120 characters and what table, name and event id take; whoever
   *     has it can take the lock
   * @throws LockLostException if validity is over, or the row is no longer ours
   * @throws LockClosedException if it was released, completed or handed over before
   * @throws LockOutcomeUnknownException if a renewal was not answered: renew it first
   */
  public String ticket() {
    return TicketText.of(writes.handOver());
  }

  /**
   * Releases the lock unless that was done. Never throws: what goes wrong is logged, and the lease
   * ends by itself.
   */
  @Override
  public void close() {
    writes.close();
  }

  @Override
  public String toString() {
    HoldState seen = life.seen();
    String holder = seen.hold().row().claimant().holder();
    return "HeldLock[" + name() + ", " + seen.phase().text() + ", holder " + holder + "]";
  }
}
