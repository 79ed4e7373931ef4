package dev.holdfast.lock;

/**
 * Keeps locks alive without threads: looks at those that are due when it is told to, in the thread
 * that tells it. So a simulation decides when the threads of the library would have run.
 */
public final class SteppedKeeping {
  private static final int LOOKS_MAX = 8;

  private final Keeper keeper;
  private boolean busy;

  /**
   * Keeps nothing yet.
   *
   * @param time the clocks of the locks that it will keep
   */
  public SteppedKeeping(TimeSource time) {
    keeper = new Keeper(time, look -> new InPlace());
  }

  /**
   * Has locks kept by this.
   *
   * @param locks locks of one host
   * @return the same, whose keep-alives wait for {@link #step}
   */
  public Locks of(Locks locks) {
    return locks.keptBy(keeper);
  }

  /** Renews what is due now, and tells owners of what is lost. */
  public void step() {
    busy = true;
    try {
      boolean more = true;
      for (int looks = 0; more && looks < LOOKS_MAX; looks++) {
        more = keeper.lookAtOneThatIsDue();
      }
    } finally {
      busy = false;
    }
  }

  /**
   * Whether a renewal is under way.
   *
   * @return true within {@link #step}
   */
  public boolean isBusy() {
    return busy;
  }

  /** Does at once what threads would do soon. */
  private static final class InPlace implements Crew {
    @Override
    public void start() {}

    @Override
    public void fallsAsleep() {}

    @Override
    public void isAwake() {}

    @Override
    public void wake() {}

    @Override
    public void call(Runnable renewal) {
      renewal.run();
    }

    @Override
    public void tell(Runnable loss) {
      loss.run();
    }

    @Override
    public void dismiss() {}
  }
}
