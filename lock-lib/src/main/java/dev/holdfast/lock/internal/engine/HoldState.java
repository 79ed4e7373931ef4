package dev.holdfast.lock.internal.engine;

import dev.holdfast.lock.LockLoss;
import dev.holdfast.lock.internal.protocol.ClockReading;
import dev.holdfast.lock.internal.protocol.Hold;
import dev.holdfast.lock.internal.protocol.RenewalResult;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * State of a {@link DefaultHeldLock} at one time. Immutable.
 *
 * @param hold the protocol's state of the hold
 * @param phase phase of the lock's life
 * @param tokenExposed whether a caller has read the fencing token
 */
record HoldState(Hold hold, Phase phase, boolean tokenExposed) {

  /** Phases in the life of a held lock, in the order in which a lock enters them. */
  enum Phase {
    HELD("it is held"),
    EXPIRED(LockLoss.Reason.LEASE_EXPIRED),
    LOST(LockLoss.Reason.OWNERSHIP_LOST),
    CLOCK_BEHIND(LockLoss.Reason.CLOCK_BEHIND),
    CLOSED("it was released or completed"),
    TRANSFERRED("it was transferred");

    private final String description;
    private final LockLoss.@Nullable Reason lossReason;

    Phase(String description) {
      this.description = description;
      this.lossReason = null;
    }

    Phase(LockLoss.Reason lossReason) {
      this.description = lossReason.description();
      this.lossReason = lossReason;
    }

    String description() {
      return description;
    }

    Optional<LockLoss.Reason> lossReason() {
      return Optional.ofNullable(lossReason);
    }

    /** Returns whether another holder may own the row, so that there is nothing to release. */
    boolean mayBeTakenOver() {
      return this == LOST || this == CLOCK_BEHIND;
    }

    /** Returns whether the lock accepts no further operation. */
    boolean isTerminal() {
      return this == CLOSED || this == TRANSFERRED;
    }
  }

  HoldState withHold(Hold other) {
    return new HoldState(other, phase, tokenExposed);
  }

  HoldState afterRenewal(RenewalResult renewal) {
    return renewal.fold(
        renewed -> withHold(renewed.hold()),
        lost -> advanceTo(Phase.LOST),
        unknown -> withHold(unknown.hold()));
  }

  /** Enters a later phase. A clock that is set back never leads to an earlier phase. */
  HoldState advanceTo(Phase other) {
    return phase.compareTo(other) >= 0 ? this : new HoldState(hold, other, tokenExposed);
  }

  /** Checks the lease. If this host's clock is behind, others may have taken over the lock. */
  HoldState asOf(ClockReading now, boolean clockBehind) {
    if (clockBehind) {
      return advanceTo(Phase.CLOCK_BEHIND);
    }
    return hold.remainingNanos(now) > 0 ? this : advanceTo(Phase.EXPIRED);
  }

  /**
   * Records that a caller reads the token. A closed lock keeps its token, since its row may be
   * gone.
   */
  HoldState withTokenExposed() {
    return phase.isTerminal() ? this : new HoldState(hold, phase, true);
  }
}
