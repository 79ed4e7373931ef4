package dev.holdfast.verification.engine;

import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.TimeSource;
import dev.holdfast.lock.internal.engine.DefaultLockClient;
import dev.holdfast.lock.internal.engine.RenewalExecutor;
import dev.holdfast.lock.internal.engine.RenewalScheduler;

/**
 * Keeps locks alive without threads: looks at those that are due when it is told to, in the thread
 * that tells it. So a simulation decides when the threads of the library would have run.
 */
public final class ManualRenewalScheduler {
  private static final int ROUNDS_MAX = 8;

  private final RenewalScheduler scheduler;
  private boolean running;

  /**
   * Keeps nothing yet.
   *
   * @param time the clocks of the locks that it will keep
   */
  public ManualRenewalScheduler(TimeSource time) {
    scheduler = new RenewalScheduler(time, task -> new DirectRenewalExecutor());
  }

  /**
   * Has locks kept by this.
   *
   * @param lockClient locks of one host
   * @return the same, whose keep-alives wait for {@link #runDueRenewals}
   */
  public LockClient attach(LockClient lockClient) {
    return ((DefaultLockClient) lockClient).withRenewalScheduler(scheduler);
  }

  /** Renews what is due now, and tells owners of what is lost. */
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
   * Whether a renewal is under way.
   *
   * @return true within {@link #runDueRenewals}
   */
  public boolean isRunning() {
    return running;
  }

  /** Does at once what threads would do soon. */
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
