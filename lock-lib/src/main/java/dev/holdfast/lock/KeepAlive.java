package dev.holdfast.lock;

import dev.holdfast.lock.internal.engine.RenewalTask;
import dev.holdfast.lock.internal.engine.WorkInterrupter;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/**
 * A lock that is renewed by itself, for work that outlives a lease in a process that is not frozen:
 * in Lambda, within one invocation and no longer. It ends when the lock is lost or closed, or when
 * this is closed, whichever comes first. Thread-safe.
 *
 * <pre>{@code
 * try (HeldLock lock = locks.acquire("leader");
 *     KeepAlive alive = lock.keepAlive(loss -> server.stop())) {
 *   server.run();
 * }
 * }</pre>
 *
 * <p>The lock is renewed whenever a third of its lease is used up. If that has not come through
 * when the last quarter of the lease begins, the owner is told: while the lock is still held, with
 * the time that is left. All locks of one {@link LockClient}, and of those derived from it, share
 * one thread that says what is due, up to 16 threads that renew, and up to 4 that tell owners;
 * these are daemons, exist while there is something to do, and never wait for each other's locks.
 */
public final class KeepAlive implements AutoCloseable {
  private final Lease lease;
  private final RenewalTask renewalTask;

  KeepAlive(Lease lease, RenewalTask renewalTask) {
    this.lease = lease;
    this.renewalTask = renewalTask;
  }

  /**
   * Waits until the lock is lost, or will soon be.
   *
   * @return the loss; nothing where the lock was released, completed or handed over, or this was
   *     closed, before there was any
   * @throws InterruptedException if the waiting thread is interrupted; the lock is kept alive as
   *     before
   */
  public Optional<LockLoss> awaitLoss() throws InterruptedException {
    try {
      return renewalTask.endFuture().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the end of a keep-alive is never exceptional", e);
    }
  }

  /**
   * Whether the lock is lost, or will soon be, as far as is known now.
   *
   * @return the loss, or nothing
   */
  public Optional<LockLoss> loss() {
    return renewalTask.endFuture().getNow(Optional.empty());
  }

  /**
   * Runs work in this thread, which is interrupted when the lock is lost or will soon be. Where the
   * work ends in spite of that, its result or its exception stands; the interrupt is taken back.
   *
   * @param work what to do while the lock is kept alive; the lock stays held afterwards
   * @param <T> what the work returns
   * @param <X> what the work may throw
   * @return what the work returned
   * @throws X what the work threw, unchanged
   * @throws LockLostException if the lock was lost before the work began, or if that ended the work
   *     with an InterruptedException, which is suppressed in it
   */
  public <T, X extends Exception> T call(LockCallback<T, X> work) throws X {
    lease.ensureHeld();
    WorkInterrupter interrupter = new WorkInterrupter();
    try {
      renewalTask.registerWork(interrupter);
      return work.call(lease);
    } catch (Exception e) {
      if (e instanceof InterruptedException && interrupter.hasInterrupted()) {
        throw lockLost(e);
      }
      throw e;
    } finally {
      renewalTask.unregisterWork(interrupter);
    }
  }

  private LockLostException lockLost(Exception interrupted) {
    String reason = loss().map(loss -> loss.reason().description()).orElse("");
    LockLostException lost = new LockLostException(lease.name(), reason);
    lost.addSuppressed(interrupted);
    return lost;
  }

  /** Renews the lock no more. It is held until its lease ends, or until it is released. */
  @Override
  public void close() {
    renewalTask.close();
  }

  @Override
  public String toString() {
    String state =
        renewalTask.isDone() ? loss().map(LockLoss::toString).orElse("closed") : "going on";
    return "KeepAlive[" + lease.name() + ", " + state + "]";
  }
}
