package dev.holdfast.lock.internal.engine;

import dev.holdfast.lock.KeepAlive;
import dev.holdfast.lock.LockClosedException;
import dev.holdfast.lock.LockLoss;
import dev.holdfast.lock.LockLostException;
import dev.holdfast.lock.internal.engine.HoldState.Phase;
import dev.holdfast.lock.internal.protocol.ClockReading;
import dev.holdfast.lock.internal.protocol.RenewalProtocol;
import dev.holdfast.lock.internal.protocol.RenewalProtocol.Step;
import dev.holdfast.lock.internal.protocol.RenewalResult;
import dev.holdfast.lock.internal.protocol.Reply;
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
public final class RenewalTask {
  private static final Logger LOG = LoggerFactory.getLogger(KeepAlive.class);

  private final HoldLifecycle lifecycle;
  private final HoldOperations operations;
  private final AttemptRunner attemptRunner;
  private final Consumer<? super LockLoss> onLoss;
  private final CompletableFuture<Optional<LockLoss>> endFuture = new CompletableFuture<>();
  private final Set<WorkInterrupter> interrupters = ConcurrentHashMap.newKeySet();
  private volatile RenewalProtocol protocol;

  RenewalTask(
      HoldOperations operations, AttemptRunner attemptRunner, Consumer<? super LockLoss> onLoss) {
    this.lifecycle = operations.lifecycle();
    this.operations = operations;
    this.attemptRunner = attemptRunner;
    this.onLoss = onLoss;
    this.protocol =
        RenewalProtocol.start(
            lifecycle.state().hold(), attemptRunner.now(), attemptRunner.randomSource());
  }

  String name() {
    return lifecycle.name();
  }

  public boolean isDone() {
    return endFuture.isDone();
  }

  /** Completes with the loss, or with nothing where the lock or its keeping was closed before. */
  public CompletableFuture<Optional<LockLoss>> endFuture() {
    return endFuture;
  }

  /** Work begins that is to be interrupted by a loss, also by one that came before. */
  public void registerWork(WorkInterrupter interrupter) {
    interrupters.add(interrupter);
    endFuture.getNow(Optional.empty()).ifPresent(loss -> interrupter.interrupt());
  }

  public void unregisterWork(WorkInterrupter interrupter) {
    interrupters.remove(interrupter);
    interrupter.finish();
  }

  /** What to do next; makes no call and runs no code of a user's. */
  Step nextMove() {
    ClockReading now = attemptRunner.now();
    if (lifecycle.phaseAt(now) != Phase.HELD) {
      return new Step.ReportLoss(0);
    }
    Step move = protocol.next(lifecycle.state().hold(), now);
    if (move instanceof Step.Renew renew) {
      protocol = renew.next();
    }
    return move;
  }

  void notifyLoss(Step.ReportLoss move) {
    onPhaseChange(lifecycle.phaseAt(attemptRunner.now()));
    reportLoss(LockLoss.Reason.RENEWAL_FAILED, Duration.ofNanos(move.remainingNanos()));
  }

  /** The lock has come to another phase, or is found in it. */
  void onPhaseChange(Phase phase) {
    if (phase.isTerminal()) {
      close();
    }
    phase.lossReason().ifPresent(reason -> reportLoss(reason, Duration.ZERO));
  }

  private void reportLoss(LockLoss.Reason reason, Duration remaining) {
    terminate(Optional.of(new LockLoss(name(), reason, remaining)));
  }

  public void close() {
    terminate(Optional.empty());
  }

  private void terminate(Optional<LockLoss> loss) {
    if (endFuture.complete(loss)) {
      lifecycle.detach(this);
      loss.ifPresent(this::reportLoss);
      attemptRunner.renewalScheduler().remove(this);
    }
  }

  private void reportLoss(LockLoss loss) {
    interrupters.forEach(WorkInterrupter::interrupt);
    attemptRunner.renewalScheduler().notifyOwner(() -> notifyOwner(loss));
  }

  private void notifyOwner(LockLoss loss) {
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
  void renew(long requestTimeoutNanos) {
    try {
      onRenewal(operations.renewWithCurrentLease(requestTimeoutNanos));
    } catch (LockLostException | LockClosedException notHeld) {
      LOG.debug("lock={} outcome=not renewed: {}", name(), notHeld.getMessage());
    } catch (RuntimeException e) {
      onFailure(e);
    }
    attemptRunner.renewalScheduler().runSoon(this);
  }

  private void onRenewal(RenewalResult renewal) {
    if (renewal instanceof RenewalResult.Renewed renewed) {
      protocol =
          RenewalProtocol.start(renewed.hold(), attemptRunner.now(), attemptRunner.randomSource());
    } else if (renewal instanceof RenewalResult.Unknown unknown) {
      onFailure(unknown.failure());
    }
  }

  private void onFailure(Reply.Failed failure) {
    if (failure.kind() == Reply.FailureKind.THROTTLED) {
      Duration backoff = nextRetryDelay();
      attemptRunner.notifier().publishThrottled(name(), protocol.failures(), backoff);
    } else {
      onFailure(failure.error());
    }
  }

  private void onFailure(RuntimeException error) {
    long backoffMillis = nextRetryDelay().toMillis();
    LOG.warn(
        "lock={} outcome=not renewed try={} waitMillis={}",
        name(),
        protocol.failures(),
        backoffMillis,
        error);
  }

  /** In how long the lock is renewed again. */
  private Duration nextRetryDelay() {
    ClockReading now = attemptRunner.now();
    protocol = protocol.afterFailure(lifecycle.state().hold(), now, attemptRunner.randomSource());
    return Duration.ofNanos(protocol.retryAtNanos() - now.monotonicNanos());
  }
}
