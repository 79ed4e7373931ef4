package dev.holdfast.lock;

/**
 * Who does the work of a {@link Keeper}: {@link Threads}, or whoever takes their place in a
 * simulation. Guarded by its keeper.
 */
interface Crew {
  /** Begins to look after locks. */
  void start();

  /** The one who looks sleeps from now on. */
  void fallsAsleep();

  /** The one who looks sleeps no more. */
  void isAwake();

  /** Looks at once where it sleeps. */
  void wake();

  /** Renews, without a wait of the one who looks. */
  void call(Runnable renewal);

  /** Tells an owner, without a wait of the one who looks. */
  void tell(Runnable loss);

  /** There is nothing more to look after. */
  void dismiss();
}
