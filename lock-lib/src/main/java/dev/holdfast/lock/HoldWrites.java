package dev.holdfast.lock;

import dev.holdfast.lock.HoldState.Phase;
import dev.holdfast.lock.protocol.ClockReading;
import dev.holdfast.lock.protocol.Ending;
import dev.holdfast.lock.protocol.Hold;
import dev.holdfast.lock.protocol.Renewal;
import dev.holdfast.lock.protocol.Reply;
import dev.holdfast.lock.protocol.Result;
import dev.holdfast.lock.protocol.Ticket;
import dev.holdfast.lock.protocol.Write;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The writes of one hold, which follow each other, and what each came to. Thread-safe. */
final class HoldWrites {
  private static final Logger LOG = LoggerFactory.getLogger(HeldLock.class);

  private final Shell shell;
  private final long callsEndNanos;
  private final ReentrantLock calls = new ReentrantLock();
  private final HoldLife life;
  private final ClockReading since;

  HoldWrites(Shell shell, HoldLife life, long callsEndNanos) {
    this.shell = shell;
    this.callsEndNanos = callsEndNanos;
    this.life = life;
    this.since = life.seen().hold().confirmed().at();
  }

  HoldLife life() {
    return life;
  }

  /** Keeps the lock alive from now on. */
  Kept keep(Consumer<? super Loss> onLoss) {
    life.requireOpen("keep it alive");
    life.ensureHeld();
    Kept keeping = new Kept(this, shell, onLoss);
    life.keptBy(keeping);
    shell.keeper().add(keeping);
    keeping.changed(life.seen().phase());
    return keeping;
  }

  /**
   * Renews the lock to another lease. Judged before anybody else's turn: who closes the lock behind
   * this renewal does not make it fail.
   *
   * @throws LockLostException if it is not held, before or after
   */
  Renewal renew(long leaseMillis) {
    return inTurn(
        () -> {
          Renewal renewal = renewInTurn(leaseMillis, callsEndNanos);
          if (!(renewal instanceof Renewal.Unknown)) {
            life.ensureHeld();
          }
          return renewal;
        });
  }

  /** Renews the lock to the lease that it has, within a time that is over for the calls too. */
  Renewal renewAsItIs(long callNanos) {
    return inTurn(
        () -> {
          long end = shell.time().monotonicNanos() + callNanos;
          long leaseMillis = life.seen().hold().row().term().leaseMillis();
          return renewInTurn(leaseMillis, Math.min(callsEndNanos, end));
        });
  }

  private Renewal renewInTurn(long leaseMillis, long callsEnd) {
    life.requireOpen("renew it");
    ClockReading now = shell.now();
    life.ensureHeld();
    HoldState before = life.seen();
    Hold renewing = before.hold().renewing(now, leaseMillis);
    life.moved(s -> s.with(renewing));
    Renewal renewal = renewing.renewed(shell.transmit(new Write.Renew(renewing.row()), callsEnd));
    Hold after = life.moved(s -> s.after(renewal)).hold();
    if (renewal instanceof Renewal.Lost) {
      shell.lines().ended(after.row(), shell.now());
    } else {
      shell.lines().extended(after);
    }
    if (renewal instanceof Renewal.Renewed) {
      Duration left = Duration.ofNanos(before.hold().remainingNanos(now));
      Duration lease = Duration.ofMillis(leaseMillis);
      shell.listening().tell(l -> l.renewed(new LockEvent.Renewed(life.name(), lease, left)));
    }
    return renewal;
  }

  ReleaseOutcome release() {
    return inTurn(
        () -> {
          life.requireOpen("release it");
          return releaseInTurn();
        });
  }

  private ReleaseOutcome releaseInTurn() {
    ClockReading now = shell.now();
    Phase phase = life.looked(now).phase();
    HoldState closed = life.moved(s -> s.atLeast(Phase.CLOSED));
    if (phase.isGone()) {
      shell.lines().ended(closed.hold().row(), now);
      return reported(ReleaseOutcome.LATE, phase, now);
    }
    Reply reply = transmit(closed.hold().release(now, closed.tokenSeen()));
    if (reply instanceof Reply.Failed failed && !failed.mayHaveApplied()) {
      life.movedBack(new HoldState(closed.hold(), phase, closed.tokenSeen()));
      throw failed.error();
    }
    Ending ending = closed.hold().released(reply, phase == Phase.HELD);
    return reported(
        switch (ending) {
          case RELEASED -> ReleaseOutcome.RELEASED;
          case COMPLETED -> ReleaseOutcome.COMPLETED;
          case LOST -> ReleaseOutcome.LATE;
          case UNKNOWN -> ReleaseOutcome.UNKNOWN;
        },
        phase,
        now);
  }

  private ReleaseOutcome reported(ReleaseOutcome outcome, Phase before, ClockReading at) {
    if (before == Phase.HELD) {
      Duration held = Duration.ofNanos(at.elapsedNanosSince(since));
      shell.listening().released(life.name(), outcome, held);
    } else {
      long overNanos = Math.max(0, -life.seen().hold().remainingNanos(at));
      shell.listening().releasedLate(life.name(), outcome, Duration.ofNanos(overNanos));
    }
    return outcome;
  }

  /** Releases the lock unless that was done, and whatever comes of it, is done with it. */
  void close() {
    inTurn(
        () -> {
          closeInTurn();
          return life.moved(s -> s.atLeast(Phase.CLOSED));
        });
  }

  private void closeInTurn() {
    if (life.seen().phase().isOver()) {
      return;
    }
    try {
      releaseInTurn();
    } catch (RuntimeException e) {
      LOG.warn("lock={} outcome=not released, its lease will end", life.name(), e);
    }
  }

  Ending complete(long windowMillis, Optional<Result> result) {
    return inTurn(() -> completeInTurn(windowMillis, result));
  }

  private Ending completeInTurn(long windowMillis, Optional<Result> result) {
    life.requireOpen("complete it");
    ClockReading now = shell.now();
    Phase phase = life.looked(now).phase();
    HoldState closed = life.moved(s -> s.atLeast(Phase.CLOSED));
    Hold hold = closed.hold();
    Reply reply = transmit(hold.completion(now, windowMillis, result.orElse(null)));
    if (reply instanceof Reply.Failed unsent && !unsent.mayHaveApplied()) {
      life.movedBack(new HoldState(hold, phase, closed.tokenSeen()));
      throw unsent.error();
    }
    Ending ending = hold.completed(reply);
    if (ending == Ending.LOST) {
      life.endedLost(phase);
    } else {
      boolean known = ending == Ending.COMPLETED;
      reported(known ? ReleaseOutcome.COMPLETED : ReleaseOutcome.UNKNOWN, phase, now);
    }
    if (reply instanceof Reply.Failed failed) {
      throw Failures.ofHolder(life.name(), "the completion", failed);
    }
    return ending;
  }

  Ticket handOver() {
    return inTurn(
        () -> {
          life.requireOpen("hand it over");
          life.ensureHeld();
          String table = shell.table().name();
          Ticket ticket = life.seen().hold().ticket(table).orElseThrow(this::renewalUnknown);
          life.moved(s -> s.atLeast(Phase.HANDED_OVER));
          shell.lines().ended(life.seen().hold().row(), shell.now());
          return ticket;
        });
  }

  private LockOutcomeUnknownException renewalUnknown() {
    return new LockOutcomeUnknownException(life.name(), "the last renewal", null);
  }

  private Reply transmit(Write write) {
    return shell.transmit(write, callsEndNanos);
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
