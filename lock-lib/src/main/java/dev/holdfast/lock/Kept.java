package dev.holdfast.lock;

import dev.holdfast.lock.HoldState.Phase;
import dev.holdfast.lock.protocol.ClockReading;
import dev.holdfast.lock.protocol.KeepingAlive;
import dev.holdfast.lock.protocol.KeepingAlive.Move;
import dev.holdfast.lock.protocol.Renewal;
import dev.holdfast.lock.protocol.Reply;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One lock that is kept alive, until it is lost or closed, or its keeping is: whichever is found
 * first, by whomever, and only that. Thread-safe; one renewal is under way at a time.
 */
final class Kept {
  private static final Logger LOG = LoggerFactory.getLogger(KeepAlive.class);

  private final HoldLife life;
  private final HoldWrites writes;
  private final Shell shell;
  private final Consumer<? super Loss> onLoss;
  private final CompletableFuture<Optional<Loss>> end = new CompletableFuture<>();
  private final Set<Interruption> works = ConcurrentHashMap.newKeySet();
  private volatile KeepingAlive keeping;

  Kept(HoldWrites writes, Shell shell, Consumer<? super Loss> onLoss) {
    this.life = writes.life();
    this.writes = writes;
    this.shell = shell;
    this.onLoss = onLoss;
    this.keeping = KeepingAlive.of(life.seen().hold(), shell.now(), shell.draws());
  }

  String name() {
    return life.name();
  }

  boolean isOver() {
    return end.isDone();
  }

  /** Completes with the loss, or with nothing where the lock or its keeping was closed before. */
  CompletableFuture<Optional<Loss>> end() {
    return end;
  }

  /** Work begins that is to be interrupted by a loss, also by one that came before. */
  void begin(Interruption work) {
    works.add(work);
    end.getNow(Optional.empty()).ifPresent(loss -> work.make());
  }

  void finish(Interruption work) {
    works.remove(work);
    work.end();
  }

  /** What to do next; makes no call and runs no code of a user's. */
  Move look() {
    ClockReading now = shell.now();
    if (life.found(now) != Phase.HELD) {
      return new Move.Tell(0);
    }
    Move move = keeping.next(life.seen().hold(), now);
    if (move instanceof Move.Renew renew) {
      keeping = renew.next();
    }
    return move;
  }

  void tell(Move.Tell move) {
    changed(life.found(shell.now()));
    lost(Loss.Reason.NOT_RENEWED, Duration.ofNanos(move.remainingNanos()));
  }

  /** The lock has come to another phase, or is found in it. */
  void changed(Phase phase) {
    if (phase.isOver()) {
      close();
    }
    phase.loss().ifPresent(reason -> lost(reason, Duration.ZERO));
  }

  private void lost(Loss.Reason reason, Duration remaining) {
    ended(Optional.of(new Loss(name(), reason, remaining)));
  }

  void close() {
    ended(Optional.empty());
  }

  private void ended(Optional<Loss> loss) {
    if (end.complete(loss)) {
      life.keptNoMore(this);
      loss.ifPresent(this::lost);
      shell.keeper().leave(this);
    }
  }

  private void lost(Loss loss) {
    works.forEach(Interruption::make);
    shell.keeper().tell(() -> tellOwner(loss));
  }

  private void tellOwner(Loss loss) {
    LOG.warn(
        "lock={} outcome=lost reason={} remainingMillis={}",
        name(),
        loss.reason(),
        loss.remaining().toMillis());
    try {
      onLoss.accept(loss);
    } catch (RuntimeException | Error e) {
      LOG.warn("lock={} outcome=its owner's callback for a loss failed", name(), e);
    }
  }

  /** Renews the lock; its outcome is looked at by the keeper. */
  void renew(long callNanos) {
    try {
      after(writes.renewAsItIs(callNanos));
    } catch (LockLostException | LockClosedException over) {
      LOG.debug("lock={} outcome=not renewed: {}", name(), over.getMessage());
    } catch (RuntimeException e) {
      failed(e);
    }
    shell.keeper().reconsider(this);
  }

  private void after(Renewal renewal) {
    if (renewal instanceof Renewal.Renewed renewed) {
      keeping = KeepingAlive.of(renewed.hold(), shell.now(), shell.draws());
    } else if (renewal instanceof Renewal.Unknown unknown) {
      failed(unknown.failure());
    }
  }

  private void failed(Reply.Failed failure) {
    if (failure.fault() == Reply.Fault.THROTTLED) {
      Duration wait = again();
      shell.listening().throttled(name(), keeping.failures(), wait);
    } else {
      failed(failure.error());
    }
  }

  private void failed(RuntimeException error) {
    long millis = again().toMillis();
    LOG.warn(
        "lock={} outcome=not renewed try={} waitMillis={}",
        name(),
        keeping.failures(),
        millis,
        error);
  }

  /** In how long the lock is renewed again. */
  private Duration again() {
    ClockReading now = shell.now();
    keeping = keeping.failed(life.seen().hold(), now, shell.draws());
    return Duration.ofNanos(keeping.retryAtNanos() - now.monotonicNanos());
  }
}
