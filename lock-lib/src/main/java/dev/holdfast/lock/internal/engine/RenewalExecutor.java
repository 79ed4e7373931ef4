package dev.holdfast.lock.internal.engine;

/**
 * Executor of the work of a {@link RenewalScheduler}: {@link ThreadedRenewalExecutor}, or its
 * replacement in a simulation. The scheduler's monitor guards it.
 */
public interface RenewalExecutor {
  /** Starts the scheduler loop. */
  void start();

  /** Records that the scheduler loop starts to sleep. */
  void onSleep();

  /** Records that the scheduler loop stops sleeping. */
  void onWake();

  /** Wakes the scheduler loop if it sleeps. */
  void wakeUp();

  /**
   * Runs a renewal, without blocking the scheduler loop.
   *
   * @param renewal the renewal
   */
  void executeRenewal(Runnable renewal);

  /**
   * Runs the notification of an owner, without blocking the scheduler loop.
   *
   * @param notification the notification
   */
  void executeNotification(Runnable notification);

  /** Ends the scheduler loop, because no task is left. */
  void shutdown();
}
