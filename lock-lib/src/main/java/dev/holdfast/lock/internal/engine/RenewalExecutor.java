package dev.holdfast.lock.internal.engine;

/**
 * Who does the work of a {@link RenewalScheduler}: {@link ThreadedRenewalExecutor}, or whoever
 * takes their place in a simulation. Guarded by its keeper.
 */
public interface RenewalExecutor {
  /** Begins to look after locks. */
  void start();

  /** The one who looks sleeps from now on. */
  void onSleep();

  /** The one who looks sleeps no more. */
  void onWake();

  /** Looks at once where it sleeps. */
  void wakeUp();

  /** Renews, without a wait of the one who looks. */
  void executeRenewal(Runnable renewal);

  /** Tells an owner, without a wait of the one who looks. */
  void executeNotification(Runnable notification);

  /** There is nothing more to look after. */
  void shutdown();
}
