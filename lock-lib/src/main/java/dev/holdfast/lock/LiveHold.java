package dev.holdfast.lock;

import dev.holdfast.lock.HoldState.Phase;
import dev.holdfast.lock.protocol.ClockReading;
import dev.holdfast.lock.protocol.Hold;
import dev.holdfast.lock.protocol.Reply;
import dev.holdfast.lock.protocol.Result;
import dev.holdfast.lock.protocol.Ticket;
import dev.holdfast.lock.protocol.Write;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known of one hold, and its writes, which follow each other; nothing that only looks ever
 * waits for them. Thread-safe.
 */
final class LiveHold {
  private static final Logger LOG = LoggerFactory.getLogger(HeldLock.class);

  private final Shell shell;
  private final long callsEndNanos;
  private final ReentrantLock calls = new ReentrantLock();
  private final AtomicReference<HoldState> state;
  private final AtomicReference<@Nullable Kept> kept = new AtomicReference<>();

  LiveHold(Shell shell, Hold hold, long callsEndNanos) {
    this.shell = shell;
    this.callsEndNanos = callsEndNanos;
    this.state = new AtomicReference<>(new HoldState(hold, Phase.HELD, false));
  }

  String name() {
    return seen().hold().row().name();
  }

  /** What is known without a look at the clock. */
  HoldState seen() {
    return state.get();
  }

  HoldState showingToken() {
    return state.updateAndGet(HoldState::showingToken);
  }

  HoldState looked(ClockReading now) {
    boolean behind = isBehind(now);
    return moved(s -> s.at(now, behind));
  }

  /** What a look would find; moves nothing, and so tells nobody. */
  Phase found(ClockReading now) {
    return seen().at(now, isBehind(now)).phase();
  }

  private boolean isBehind(ClockReading now) {
    return shell.clock().isBehind(now, seen().hold().bounds());
  }

  /** The one way from phase to phase, so that each is met once. */
  private HoldState moved(UnaryOperator<HoldState> change) {
    HoldState before = state.getAndUpdate(change);
    HoldState after = change.apply(before);
    Kept keeping = kept.get();
    if (after.phase() != before.phase() && keeping != null) {
      keeping.changed(after.phase());
    }
    return after;
  }

  void ensureHeld() {
    Phase phase = looked(shell.now()).phase();
    if (phase != Phase.HELD) {
      throw new LockLostException(name(), phase.text());
    }
  }

  /** Keeps the lock alive from now on. */
  Kept keep(Consumer<? super Loss> onLoss) {
    requireOpen("keep it alive");
    ensureHeld();
    Kept keeping = new Kept(this, shell, onLoss);
    if (!kept.compareAndSet(null, keeping)) {
      throw new IllegalStateException(
          "lock '" + name() + "' is kept alive already: close that keep-alive first");
    }
    shell.keeper().add(keeping);
    keeping.changed(seen().phase());
    return keeping;
  }

  void keptNoMore(Kept keeping) {
    kept.compareAndSet(keeping, null);
  }

  Hold.Renewal renew(long leaseMillis) {
    return inTurn(() -> renewInTurn(leaseMillis, callsEndNanos));
  }

  /** Renews the lock to the lease that it has, within a time that is over for the calls too. */
  Hold.Renewal renewAsItIs(long callNanos) {
    return inTurn(
        () -> {
          long end = shell.time().monotonicNanos() + callNanos;
          long leaseMillis = seen().hold().row().term().leaseMillis();
          return renewInTurn(leaseMillis, Math.min(callsEndNanos, end));
        });
  }

  private Hold.Renewal renewInTurn(long leaseMillis, long callsEnd) {
    requireOpen("renew it");
    ClockReading now = shell.now();
    ensureHeld();
    Hold renewing = seen().hold().renewing(now, leaseMillis);
    state.updateAndGet(s -> s.with(renewing));
    Hold.Renewal renewal =
        renewing.renewed(shell.transmit(new Write.Renew(renewing.row()), callsEnd));
    Hold after = moved(s -> s.after(renewal)).hold();
    if (renewal instanceof Hold.Renewal.Lost) {
      shell.lines().ended(after.row(), shell.now());
    } else {
      shell.lines().extended(after);
    }
    return renewal;
  }

  ReleaseOutcome release() {
    return inTurn(
        () -> {
          requireOpen("release it");
          return releaseInTurn();
        });
  }

  private ReleaseOutcome releaseInTurn() {
    ClockReading now = shell.now();
    Phase phase = looked(now).phase();
    HoldState closed = moved(s -> s.atLeast(Phase.CLOSED));
    if (phase.isGone()) {
      shell.lines().ended(closed.hold().row(), now);
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

  /** Releases the lock unless that was done, and whatever comes of it, is done with it. */
  void close() {
    inTurn(
        () -> {
          closeInTurn();
          return moved(s -> s.atLeast(Phase.CLOSED));
        });
  }

  private void closeInTurn() {
    if (seen().phase().isOver()) {
      return;
    }
    try {
      releaseInTurn();
    } catch (RuntimeException e) {
      LOG.warn("lock={} outcome=not released, its lease will end", name(), e);
    }
  }

  Hold.Ending complete(long windowMillis, Optional<Result> result) {
    return inTurn(() -> completeInTurn(windowMillis, result));
  }

  private Hold.Ending completeInTurn(long windowMillis, Optional<Result> result) {
    requireOpen("complete it");
    ClockReading now = shell.now();
    Phase phase = looked(now).phase();
    HoldState closed = moved(s -> s.atLeast(Phase.CLOSED));
    Hold hold = closed.hold();
    Reply reply = transmit(hold.completion(now, windowMillis, result.orElse(null)));
    if (reply instanceof Reply.Failed unsent && !unsent.mayHaveApplied()) {
      state.set(new HoldState(hold, phase, closed.tokenSeen()));
    }
    if (reply instanceof Reply.Failed failed) {
      throw Failures.ofHolder(name(), "the completion", failed);
    }
    Hold.Ending ending = hold.completed(reply);
    LOG.debug("lock={} outcome={}", name(), ending);
    return ending;
  }

  Ticket handOver() {
    return inTurn(
        () -> {
          requireOpen("hand it over");
          ensureHeld();
          String table = shell.table().name();
          Ticket ticket = seen().hold().ticket(table).orElseThrow(this::renewalUnknown);
          moved(s -> s.atLeast(Phase.HANDED_OVER));
          shell.lines().ended(seen().hold().row(), shell.now());
          return ticket;
        });
  }

  private LockOutcomeUnknownException renewalUnknown() {
    return new LockOutcomeUnknownException(name(), "the last renewal", null);
  }

  private Reply transmit(Write write) {
    return shell.transmit(write, callsEndNanos);
  }

  private void requireOpen(String operation) {
    Phase phase = seen().phase();
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
}
