package dev.holdfast.lock;

import java.time.Duration;

/**
 * That a lock is lost, or is about to be.
 *
 * @param name the lock's name
 * @param reason why
 * @param remaining how long the lock is still held, so that work can be stopped in order; zero when
 *     it is not
 */
public record LockLoss(String name, Reason reason, Duration remaining) {

  /** Why a lock is lost. */
  public enum Reason {
    /** No renewal has come through: the lock is held until its lease ends, and then no more. */
    RENEWAL_FAILED("it could not be renewed, and its lease is about to end"),
    /** Its lease is over. */
    LEASE_EXPIRED("its lease is over"),
    /** Its row is gone, or another's: only an operator, or a clock that is off, does that. */
    OWNERSHIP_LOST("its row is no longer ours"),
    /** This host's clock is behind, so that others may see its lease as over. */
    CLOCK_BEHIND("this host's clock is behind: for others its lease may be over");

    private final String description;

    Reason(String text) {
      this.description = text;
    }

    public String description() {
      return description;
    }
  }
}
