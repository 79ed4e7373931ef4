package dev.holdfast.lock;

import dev.holdfast.lock.HoldState.Phase;
import dev.holdfast.lock.protocol.ClockReading;
import dev.holdfast.lock.protocol.Hold;
import dev.holdfast.lock.protocol.Reply;
import dev.holdfast.lock.protocol.Result;
import dev.holdfast.lock.protocol.Ticket;
import dev.holdfast.lock.protocol.Write;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lock that is held until it is released, completed or lost. The one mutable class of the
 * library. Thread-safe: renewals, the release and the completion of one lock follow each other, and
 * nothing that only looks ever waits for them.
 */
public final class HeldLock implements Lease, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HeldLock.class);
  private static final Duration WINDOW_MIN = Duration.ofSeconds(1);
  private static final Duration WINDOW_MAX = Duration.ofDays(3_660);

  private final Shell shell;
  private final long callsEndNanos;
  private final ReentrantLock calls = new ReentrantLock();
  private final AtomicReference<HoldState> state;

  HeldLock(Shell shell, Hold hold, long callsEndNanos) {
    this.shell = shell;
    this.callsEndNanos = callsEndNanos;
    this.state = new AtomicReference<>(new HoldState(hold, Phase.HELD, false));
  }

  @Override
  public String name() {
    return state.get().hold().row().name();
  }

  @Override
  public FencingToken fencingToken() {
    HoldState seen = state.updateAndGet(HoldState::showingToken);
    if (!seen.tokenSeen()) {
      throw new LockClosedException(name(), "give its fencing token", seen.phase().text());
    }
    return new FencingToken(seen.hold().row().stamp().token());
  }

  @Override
  public Duration remaining() {
    ClockReading now = shell.now();
    HoldState seen = looked(now);
    return seen.phase() == Phase.HELD
        ? Duration.ofNanos(seen.hold().remainingNanos(now))
        : Duration.ZERO;
  }

  @Override
  public boolean isHeld() {
    return looked(shell.now()).phase() == Phase.HELD;
  }

  @Override
  public void ensureHeld() {
    Phase phase = looked(shell.now()).phase();
    if (phase != Phase.HELD) {
      throw new LockLostException(name(), phase.text());
    }
  }

  /** What is known of this lock without a look at the clock. */
  HoldState seen() {
    return state.get();
  }

  private HoldState looked(ClockReading now) {
    return state.updateAndGet(s -> isOverdue(s, now) ? s.atLeast(Phase.LOST) : s.at(now));
  }

  /** Where this host's clock turns out to be behind, others may have taken over already. */
  private boolean isOverdue(HoldState seen, ClockReading now) {
    return shell.clock().isBehind(now, seen.hold().bounds());
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
    renew(Duration.ofMillis(state.get().hold().row().term().leaseMillis()));
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
    Hold.Renewal renewal = inTurn(() -> renewInTurn(lease.toMillis()));
    if (renewal instanceof Hold.Renewal.Unknown unknown) {
      throw failure("the renewal", unknown.failure());
    }
    ensureHeld();
  }

  /** As {@link #renew(Duration)}, with what came of it as a value, a lease that is over too. */
  Hold.Renewal renewal(Duration lease) {
    try {
      return inTurn(() -> renewInTurn(lease.toMillis()));
    } catch (LockLostException e) {
      return new Hold.Renewal.Lost();
    }
  }

  private Hold.Renewal renewInTurn(long leaseMillis) {
    requireOpen("renew it");
    ClockReading now = shell.now();
    ensureHeld();
    Hold renewing = state.get().hold().renewing(now, leaseMillis);
    state.updateAndGet(s -> s.with(renewing));
    Hold.Renewal renewal = renewing.renewed(transmit(new Write.Renew(renewing.row())));
    state.updateAndGet(s -> s.after(renewal));
    return renewal;
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
    return inTurn(
        () -> {
          requireOpen("release it");
          return releaseInTurn();
        });
  }

  private ReleaseOutcome releaseInTurn() {
    ClockReading now = shell.now();
    Phase phase = looked(now).phase();
    HoldState closed = state.updateAndGet(s -> s.atLeast(Phase.CLOSED));
    if (phase == Phase.LOST) {
      return reported(ReleaseOutcome.LATE);
    }
    Reply reply = transmit(closed.hold().release(now, closed.tokenSeen()));
    if (reply instanceof Reply.Failed failed && !failed.mayHaveApplied()) {
      state.set(new HoldState(closed.hold(), phase, closed.tokenSeen()));
      throw failed.error();
    }
    Hold.Ending ending = closed.hold().released(reply, phase == Phase.HELD);
    return reported(
        switch (ending) {
          case RELEASED -> ReleaseOutcome.RELEASED;
          case COMPLETED -> ReleaseOutcome.COMPLETED;
          case LOST -> ReleaseOutcome.LATE;
          case UNKNOWN -> ReleaseOutcome.UNKNOWN;
        });
  }

  private ReleaseOutcome reported(ReleaseOutcome outcome) {
    switch (outcome) {
      case RELEASED, COMPLETED -> LOG.debug("lock={} outcome={}", name(), outcome);
      case LATE -> LOG.warn("lock={} outcome=LATE: released after its lease had ended", name());
      case UNKNOWN ->
          LOG.warn("lock={} outcome=UNKNOWN: no answer to the release, the lease will end", name());
    }
    return outcome;
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
    if (inTurn(() -> completeInTurn(window.toMillis(), result)) == Hold.Ending.LOST) {
      throw new LockLostException(name(), Phase.LOST.text());
    }
    LOG.debug("lock={} outcome=COMPLETED", name());
  }

  private Hold.Ending completeInTurn(long windowMillis, Optional<Result> result) {
    requireOpen("complete it");
    ClockReading now = shell.now();
    Phase phase = looked(now).phase();
    HoldState closed = state.updateAndGet(s -> s.atLeast(Phase.CLOSED));
    Hold hold = closed.hold();
    Reply reply = transmit(hold.completion(now, windowMillis, result.orElse(null)));
    if (reply instanceof Reply.Failed unsent && !unsent.mayHaveApplied()) {
      state.set(new HoldState(hold, phase, closed.tokenSeen()));
    }
    if (reply instanceof Reply.Failed failed) {
      throw failure("the completion", failed);
    }
    return hold.completed(reply);
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
    return inTurn(
        () -> {
          requireOpen("hand it over");
          ensureHeld();
          String table = shell.table().name();
          Ticket ticket = state.get().hold().ticket(table).orElseThrow(this::renewalUnknown);
          state.updateAndGet(s -> s.atLeast(Phase.HANDED_OVER));
          return TicketText.of(ticket);
        });
  }

  private LockOutcomeUnknownException renewalUnknown() {
    return new LockOutcomeUnknownException(name(), "the last renewal", null);
  }

  private RuntimeException failure(String operation, Reply.Failed failed) {
    return failed.mayHaveApplied()
        ? new LockOutcomeUnknownException(name(), operation, failed.error())
        : failed.error();
  }

  /**
   * Releases the lock unless that was done. Never throws: what goes wrong is logged, and the lease
   * ends by itself.
   */
  @Override
  public void close() {
    inTurn(
        () -> {
          closeInTurn();
          return state.updateAndGet(s -> s.atLeast(Phase.CLOSED));
        });
  }

  private void closeInTurn() {
    if (state.get().phase().isOver()) {
      return;
    }
    try {
      releaseInTurn();
    } catch (RuntimeException e) {
      LOG.warn("lock={} outcome=not released, its lease will end", name(), e);
    }
  }

  private Reply transmit(Write write) {
    return shell.transmit(write, callsEndNanos);
  }

  private void requireOpen(String operation) {
    Phase phase = state.get().phase();
    if (phase.isOver()) {
      throw new LockClosedException(name(), operation, phase.text());
    }
  }

  private <T> T inTurn(Supplier<T> work) {
    calls.lock();
    try {
      return work.get();
    } finally {
      calls.unlock();
    }
  }

  @Override
  public String toString() {
    HoldState seen = state.get();
    String holder = seen.hold().row().claimant().holder();
    return "HeldLock[" + name() + ", " + seen.phase().text() + ", holder " + holder + "]";
  }
}
