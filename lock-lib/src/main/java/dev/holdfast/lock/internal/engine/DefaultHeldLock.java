package dev.holdfast.lock.internal.engine;

import dev.holdfast.lock.FencingToken;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.KeepAlive;
import dev.holdfast.lock.Lease;
import dev.holdfast.lock.LockCallback;
import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.LockLoss;
import dev.holdfast.lock.ReleaseOutcome;
import dev.holdfast.lock.ResultTooLargeException;
import dev.holdfast.lock.StoredResult;
import dev.holdfast.lock.internal.engine.HoldState.Phase;
import dev.holdfast.lock.internal.protocol.AcquireStep;
import dev.holdfast.lock.internal.protocol.Attempt;
import dev.holdfast.lock.internal.protocol.ClockReading;
import dev.holdfast.lock.internal.protocol.Hold;
import dev.holdfast.lock.internal.text.LogText;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Held lock of a {@link DefaultLockClient}. Thread-safe. {@link HoldLifecycle} has the state,
 * {@link HoldRenewal} and {@link HoldTermination} send the requests.
 */
final class DefaultHeldLock implements HeldLock {
  private static final Logger LOG = LoggerFactory.getLogger(LockClient.class);

  private final LockEngine engine;
  private final RenewalScheduler renewalScheduler;
  private final HoldLifecycle lifecycle;
  private final HoldRenewal renewal;
  private final HoldTermination termination;

  DefaultHeldLock(
      LockEngine engine, RenewalScheduler renewalScheduler, Hold hold, long requestDeadlineNanos) {
    this.engine = engine;
    this.renewalScheduler = renewalScheduler;
    this.lifecycle = new HoldLifecycle(engine, hold);
    this.renewal = new HoldRenewal(engine, lifecycle, requestDeadlineNanos);
    this.termination =
        new HoldTermination(engine, lifecycle, hold.confirmed().validFrom(), requestDeadlineNanos);
  }

  static DefaultHeldLock acquired(
      LockEngine engine, RenewalScheduler renewalScheduler, AcquireStep.Acquired acquired) {
    Attempt attempt = acquired.attempt();
    LOG.debug(
        "lock={} outcome=acquired rejected={}",
        LogText.value(attempt.spec().name()),
        attempt.retries());
    return new DefaultHeldLock(
        engine, renewalScheduler, acquired.hold(), attempt.requestDeadlineNanos());
  }

  @Override
  public String name() {
    return lifecycle.name();
  }

  HoldLifecycle lifecycle() {
    return lifecycle;
  }

  HoldRenewal renewal() {
    return renewal;
  }

  @Override
  public FencingToken fencingToken() {
    return new FencingToken(lifecycle.exposeToken());
  }

  @Override
  public String nonce() {
    return lifecycle.hold().row().version().nonce();
  }

  @Override
  public Duration remaining() {
    ClockReading now = engine.now();
    HoldState current = lifecycle.refresh(now);
    return current.phase() == Phase.HELD
        ? Duration.ofNanos(current.hold().remainingNanos(now))
        : Duration.ZERO;
  }

  @Override
  public boolean isHeld() {
    return lifecycle.refresh(engine.now()).phase() == Phase.HELD;
  }

  @Override
  public void ensureHeld() {
    lifecycle.ensureHeld();
  }

  @Override
  public <T, X extends Exception> T call(LockCallback<Lease, T, X> work) throws X {
    Objects.requireNonNull(work, "work");
    lifecycle.requireOpen("work under it");
    lifecycle.ensureHeld();
    return ActiveWork.OF_THIS_JVM.call(lifecycle.hold().row(), this, work);
  }

  @Override
  public void renew() {
    renew(Duration.ofMillis(lifecycle.hold().row().leaseTerm().leaseMillis()));
  }

  @Override
  public void renew(Duration leaseDuration) {
    Objects.requireNonNull(leaseDuration, "leaseDuration");
    RequestDefaults.checkLeaseDuration(leaseDuration);
    renewal.renew(leaseDuration);
  }

  @Override
  public KeepAlive keepAlive() {
    return keepAlive(loss -> {});
  }

  @Override
  public KeepAlive keepAlive(Consumer<? super LockLoss> onLoss) {
    Objects.requireNonNull(onLoss, "onLoss");
    lifecycle.requireOpen("keep it alive");
    lifecycle.ensureHeld();
    RenewalTask task = new RenewalTask(this, engine, renewalScheduler, onLoss);
    lifecycle.attach(task);
    renewalScheduler.schedule(task);
    task.onPhaseChange(lifecycle.state().phase());
    return task;
  }

  @Override
  public ReleaseOutcome release() {
    return termination.release();
  }

  @Override
  public void close() {
    termination.close();
  }

  @Override
  public void complete(Duration retention) {
    Objects.requireNonNull(retention, "retention");
    termination.complete(retention, null);
  }

  @Override
  public void complete(Duration retention, StoredResult result) {
    Objects.requireNonNull(retention, "retention");
    Objects.requireNonNull(result, "result");
    if (result.isWithinMaxBytes()) {
      termination.complete(retention, ApiMapper.storedValue(result));
      return;
    }
    termination.complete(retention, null);
    throw new ResultTooLargeException(name(), result);
  }

  @Override
  public String transfer() {
    return TransferCodec.encode(termination.transfer());
  }

  @Override
  public String toString() {
    HoldState current = lifecycle.state();
    String holder = current.hold().row().holderInfo().label();
    return "HeldLock["
        + LogText.escape(name())
        + ", "
        + current.phase().description()
        + ", holder "
        + LogText.escape(holder)
        + "]";
  }
}
