package dev.holdfast.lock.internal.engine;

import dev.holdfast.lock.KeepAlive;
import dev.holdfast.lock.Lease;
import dev.holdfast.lock.LockCallback;
import dev.holdfast.lock.LockClosedException;
import dev.holdfast.lock.LockLoss;
import dev.holdfast.lock.LockLostException;
import dev.holdfast.lock.internal.engine.HoldState.Phase;
import dev.holdfast.lock.internal.protocol.ClockReading;
import dev.holdfast.lock.internal.protocol.RenewalProtocol;
import dev.holdfast.lock.internal.protocol.RenewalProtocol.Step;
import dev.holdfast.lock.internal.protocol.RenewalResult;
import dev.holdfast.lock.internal.protocol.Reply;
import dev.holdfast.lock.internal.text.LogText;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keep-alive of one lock, which the {@link RenewalScheduler} runs. It ends once: when the lock is
 * lost, when the lock is closed, or when the keep-alive is closed. Thread-safe; at most one renewal
 * is in flight.
 */
final class RenewalTask implements KeepAlive, HoldLifecycle.PhaseListener {
  private static final Logger LOG = LoggerFactory.getLogger(KeepAlive.class);

  private final DefaultHeldLock lock;
  private final LockEngine engine;
  private final RenewalScheduler scheduler;
  private final Consumer<? super LockLoss> onLoss;
  private final CompletableFuture<Optional<LockLoss>> endFuture = new CompletableFuture<>();
  private final Set<WorkInterrupter> interrupters = ConcurrentHashMap.newKeySet();
  private volatile RenewalProtocol protocol;

  RenewalTask(
      DefaultHeldLock lock,
      LockEngine engine,
      RenewalScheduler scheduler,
      Consumer<? super LockLoss> onLoss) {
    this.lock = lock;
    this.engine = engine;
    this.scheduler = scheduler;
    this.onLoss = onLoss;
    this.protocol =
        RenewalProtocol.start(lock.lifecycle().hold(), engine.now(), engine.randomSource());
  }

  String name() {
    return lock.name();
  }

  boolean isDone() {
    return endFuture.isDone();
  }

  @Override
  public Optional<LockLoss> awaitLoss() throws InterruptedException {
    try {
      return endFuture.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the future of a keep-alive never fails", e);
    }
  }

  @Override
  public Optional<LockLoss> loss() {
    return endFuture.getNow(Optional.empty());
  }

  @Override
  public <T, X extends Exception> T call(LockCallback<Lease, T, X> work) throws X {
    lock.ensureHeld();
    WorkInterrupter interrupter = new WorkInterrupter();
    try {
      interrupters.add(interrupter);
      loss().ifPresent(loss -> interrupter.interrupt());
      return lock.call(work);
    } catch (Exception e) {
      if (e instanceof InterruptedException && interrupter.hasInterrupted()) {
        throw lockLost(e);
      }
      throw e;
    } finally {
      interrupters.remove(interrupter);
      interrupter.finish();
    }
  }

  private LockLostException lockLost(Exception interrupted) {
    String reason = loss().map(loss -> loss.reason().description()).orElse("");
    LockLostException lost = new LockLostException(name(), reason);
    lost.addSuppressed(interrupted);
    return lost;
  }

  /** Returns the next step. Sends no request and runs no code of the caller. */
  Step nextStep() {
    ClockReading now = engine.now();
    if (lock.lifecycle().phaseAt(now) != Phase.HELD) {
      return new Step.ReportLoss(0);
    }
    Step step = protocol.next(lock.lifecycle().hold(), now);
    if (step instanceof Step.Renew renew) {
      protocol = renew.next();
    }
    return step;
  }

  /** Ends this keep-alive with the loss that the current phase implies, or a failed renewal. */
  void reportLoss(Step.ReportLoss step) {
    onPhaseChange(lock.lifecycle().phaseAt(engine.now()));
    endWithLoss(LockLoss.Reason.RENEWAL_FAILED, Duration.ofNanos(step.remainingNanos()));
  }

  /** Ends this keep-alive if the lock is closed or lost in its current phase. */
  @Override
  public void onPhaseChange(Phase phase) {
    if (phase.isTerminal()) {
      close();
    }
    phase.lossReason().ifPresent(reason -> endWithLoss(reason, Duration.ZERO));
  }

  private void endWithLoss(LockLoss.Reason reason, Duration remaining) {
    end(Optional.of(new LockLoss(name(), reason, remaining)));
  }

  @Override
  public void close() {
    end(Optional.empty());
  }

  private void end(Optional<LockLoss> loss) {
    if (endFuture.complete(loss)) {
      lock.lifecycle().detach(this);
      loss.ifPresent(this::publishLoss);
      scheduler.remove(this);
    }
  }

  private void publishLoss(LockLoss loss) {
    interrupters.forEach(WorkInterrupter::interrupt);
    scheduler.notifyOwner(() -> notifyOwner(loss));
  }

  private void notifyOwner(LockLoss loss) {
    LOG.warn(
        "lock={} outcome=lost reason={} remainingMillis={}",
        LogText.value(name()),
        loss.reason(),
        loss.remaining().toMillis());
    try {
      onLoss.accept(loss);
    } catch (RuntimeException | Error e) {
      LOG.warn("lock={} outcome=loss_callback_failed", LogText.value(name()), e);
    }
  }

  /** Renews the lock, and lets the scheduler evaluate the result. */
  void renew(long requestTimeoutNanos) {
    try {
      onRenewal(lock.renewal().renewWithin(requestTimeoutNanos));
    } catch (LockLostException | LockClosedException notHeld) {
      LOG.debug("lock={} outcome=not_renewed", LogText.value(name()), notHeld);
    } catch (RuntimeException e) {
      onFailure(e);
    }
    scheduler.runSoon(this);
  }

  private void onRenewal(RenewalResult renewal) {
    if (renewal instanceof RenewalResult.Renewed renewed) {
      protocol = RenewalProtocol.start(renewed.hold(), engine.now(), engine.randomSource());
    } else if (renewal instanceof RenewalResult.Unknown unknown) {
      onFailure(unknown.failure());
    }
  }

  private void onFailure(Reply.Failed failure) {
    if (failure.kind() == Reply.FailureKind.THROTTLED
        || failure.kind() == Reply.FailureKind.CONTENTION) {
      Duration backoff = nextRetryDelay();
      engine.notifier().publishBackoff(name(), failure.kind(), protocol.failures(), backoff);
    } else {
      onFailure(failure.error());
    }
  }

  private void onFailure(RuntimeException error) {
    long backoffMillis = nextRetryDelay().toMillis();
    LOG.warn(
        "lock={} outcome=renewal_failed attempt={} backoffMillis={}",
        LogText.value(name()),
        protocol.failures(),
        backoffMillis,
        error);
  }

  private Duration nextRetryDelay() {
    ClockReading now = engine.now();
    protocol = protocol.afterFailure(lock.lifecycle().hold(), now, engine.randomSource());
    return Duration.ofNanos(protocol.retryAtNanos() - now.monotonicNanos());
  }

  @Override
  public String toString() {
    String state = isDone() ? loss().map(LockLoss::toString).orElse("closed") : "active";
    return "KeepAlive[" + LogText.escape(name()) + ", " + state + "]";
  }
}
