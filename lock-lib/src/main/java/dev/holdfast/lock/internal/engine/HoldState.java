package dev.holdfast.lock.internal.engine;

import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockLoss;
import dev.holdfast.lock.internal.protocol.ClockReading;
import dev.holdfast.lock.internal.protocol.Hold;
import dev.holdfast.lock.internal.protocol.RenewalResult;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a held lock is at one moment; {@link HeldLock} moves from one to the next.
 *
 * @param hold what the protocol knows of it
 * @param phase where it is in its life
 * @param tokenExposed whether the fencing token was ever handed out
 */
public record HoldState(Hold hold, Phase phase, boolean tokenExposed) {

  /** Where a held lock is in its life. */
  public enum Phase {
    HELD("it is held"),
    EXPIRED(LockLoss.Reason.LEASE_EXPIRED),
    LOST(LockLoss.Reason.OWNERSHIP_LOST),
    CLOCK_BEHIND(LockLoss.Reason.CLOCK_BEHIND),
    CLOSED("it was released or completed"),
    TRANSFERRED("it was handed over by a ticket");

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

    public String description() {
      return description;
    }

    Optional<LockLoss.Reason> lossReason() {
      return Optional.ofNullable(lossReason);
    }

    /** Whether the row may be another's: then there is nothing to release. */
    boolean mayBeTakenOver() {
      return this == LOST || this == CLOCK_BEHIND;
    }

    /** Whether nothing more is to be done with the lock by this object. */
    public boolean isTerminal() {
      return this == CLOSED || this == TRANSFERRED;
    }
  }

  HoldState withHold(Hold other) {
    return new HoldState(other, phase, tokenExposed);
  }

  HoldState afterRenewal(RenewalResult renewal) {
    if (renewal instanceof RenewalResult.Renewed renewed) {
      return withHold(renewed.hold());
    }
    return renewal instanceof RenewalResult.Unknown unknown
        ? withHold(unknown.hold())
        : advanceTo(Phase.LOST);
  }

  /** Moves on, never back: validity that is over stays over, whatever a clock says later. */
  HoldState advanceTo(Phase other) {
    return phase.compareTo(other) >= 0 ? this : new HoldState(hold, other, tokenExposed);
  }

  /** Where this host's clock turns out to be behind, others may have taken over already. */
  HoldState asOf(ClockReading now, boolean clockBehind) {
    return clockBehind ? advanceTo(Phase.CLOCK_BEHIND) : asOf(now);
  }

  private HoldState asOf(ClockReading now) {
    return hold.remainingNanos(now) > 0 ? this : advanceTo(Phase.EXPIRED);
  }

  /** The token can be seen from now on, unless the row may already be deleted for its sake. */
  HoldState withTokenExposed() {
    return phase.isTerminal() ? this : new HoldState(hold, phase, true);
  }
}
