package dev.holdfast.verification.engine;

import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.TimeSource;
import dev.holdfast.lock.internal.engine.DefaultLockClient;
import dev.holdfast.lock.internal.engine.RenewalExecutor;
import dev.holdfast.lock.internal.engine.RenewalScheduler;

/**
 * Renews locks without threads: {@link #runDueRenewals} renews the due locks in the calling thread.
 * A simulation thus decides when renewals run.
 */
public final class ManualRenewalScheduler {
  private static final int ROUNDS_MAX = 8;

  private final RenewalScheduler scheduler;
  private boolean running;

  /**
   * Creates a scheduler without locks.
   *
   * @param time clocks of the locks that it renews
   */
  public ManualRenewalScheduler(TimeSource time) {
    scheduler = new RenewalScheduler(time, task -> new DirectRenewalExecutor());
  }

  /**
   * Returns a client whose keep-alives this scheduler renews.
   *
   * @param lockClient client of one host
   * @return client whose renewals run in {@link #runDueRenewals}
   */
  public LockClient attach(LockClient lockClient) {
    return DefaultLockClient.withRenewalScheduler(lockClient, scheduler);
  }

  /** Renews the locks that are due, and notifies the owners of lost locks. */
  public void runDueRenewals() {
    running = true;
    try {
      boolean more = true;
      for (int round = 0; more && round < ROUNDS_MAX; round++) {
        more = scheduler.runNextDue();
      }
    } finally {
      running = false;
    }
  }

  /**
   * Returns whether a renewal is running.
   *
   * @return true during {@link #runDueRenewals}
   */
  public boolean isRunning() {
    return running;
  }

  /** Executor that runs renewals and notifications in the calling thread. */
  private static final class DirectRenewalExecutor implements RenewalExecutor {
    @Override
    public void start() {}

    @Override
    public void onSleep() {}

    @Override
    public void onWake() {}

    @Override
    public void wakeUp() {}

    @Override
    public void executeRenewal(Runnable renewal) {
      renewal.run();
    }

    @Override
    public void executeNotification(Runnable loss) {
      loss.run();
    }

    @Override
    public void shutdown() {}
  }
}
