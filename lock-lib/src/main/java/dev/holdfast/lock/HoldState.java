package dev.holdfast.lock;

import dev.holdfast.lock.protocol.ClockReading;
import dev.holdfast.lock.protocol.Hold;
import dev.holdfast.lock.protocol.Renewal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a held lock is at one moment; {@link HeldLock} moves from one to the next.
 *
 * @param hold what the protocol knows of it
 * @param phase where it is in its life
 * @param tokenSeen whether the fencing token was ever handed out
 */
record HoldState(Hold hold, Phase phase, boolean tokenSeen) {

  /** Where a held lock is in its life. */
  enum Phase {
    HELD("it is held"),
    EXPIRED(Loss.Reason.LEASE_OVER),
    LOST(Loss.Reason.ROW_GONE),
    BEHIND(Loss.Reason.CLOCK_BEHIND),
    CLOSED("it was released or completed"),
    HANDED_OVER("it was handed over by a ticket");

    private final String text;
    private final Loss.@Nullable Reason loss;

    Phase(String text) {
      this.text = text;
      this.loss = null;
    }

    Phase(Loss.Reason loss) {
      this.text = loss.text();
      this.loss = loss;
    }

    String text() {
      return text;
    }

    Optional<Loss.Reason> loss() {
      return Optional.ofNullable(loss);
    }

    /** Whether the row may be another's: then there is nothing to release. */
    boolean isGone() {
      return this == LOST || this == BEHIND;
    }

    /** Whether nothing more is to be done with the lock by this object. */
    boolean isOver() {
      return this == CLOSED || this == HANDED_OVER;
    }
  }

  HoldState with(Hold other) {
    return new HoldState(other, phase, tokenSeen);
  }

  HoldState after(Renewal renewal) {
    if (renewal instanceof Renewal.Renewed renewed) {
      return with(renewed.hold());
    }
    return renewal instanceof Renewal.Unknown unknown ? with(unknown.hold()) : atLeast(Phase.LOST);
  }

  /** Moves on, never back: validity that is over stays over, whatever a clock says later. */
  HoldState atLeast(Phase other) {
    return phase.compareTo(other) >= 0 ? this : new HoldState(hold, other, tokenSeen);
  }

  /** Where this host's clock turns out to be behind, others may have taken over already. */
  HoldState at(ClockReading now, boolean behind) {
    return behind ? atLeast(Phase.BEHIND) : at(now);
  }

  private HoldState at(ClockReading now) {
    return hold.remainingNanos(now) > 0 ? this : atLeast(Phase.EXPIRED);
  }

  /** The token can be seen from now on, unless the row may already be deleted for its sake. */
  HoldState showingToken() {
    return phase.isOver() ? this : new HoldState(hold, phase, true);
  }
}
