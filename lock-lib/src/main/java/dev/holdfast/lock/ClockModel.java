package dev.holdfast.lock;

import dev.holdfast.lock.internal.protocol.ClockBounds;
import java.time.Duration;

/** How far the wall clocks of hosts are trusted. Both models may share a table. Immutable. */
public sealed interface ClockModel {
  /** The default bound on the difference between two hosts' clocks. */
  Duration DEFAULT_MAX_SKEW = Duration.ofSeconds(1);

  /**
   * Any two hosts' clocks differ by at most a bound, as on Lambda, EC2 and ECS, whose clocks are
   * synchronised. A crashed holder is replaced on the first try after its lease and the bound.
   *
   * @param maxSkew the bound, from 0 to 1 h
   * @return the model
   * @throws IllegalArgumentException if the bound is out of range
   */
  static ClockModel bounded(Duration maxSkew) {
    return new Bounded(maxSkew);
  }

  /**
   * No wall clock decides about a lease: a crashed holder is replaced after its row was watched
   * unchanged for a whole lease. Rows carry no TTL.
   *
   * @return the model
   */
  static Unsynchronized unsynchronized() {
    return new Unsynchronized(false);
  }

  /**
   * Synchronised clocks.
   *
   * @param maxSkew bound on the difference between any two hosts, from 0 to 1 h
   */
  record Bounded(Duration maxSkew) implements ClockModel {
    private static final Duration MAX = Duration.ofHours(1);

    /**
     * Validates.
     *
     * @throws IllegalArgumentException if the bound is out of range
     */
    public Bounded {
      Durations.checkRange("maxSkew", maxSkew, Duration.ZERO, MAX);
    }
  }

  /**
   * Clocks that are not trusted.
   *
   * @param writesTtl whether rows carry a TTL by the writer's clock all the same
   */
  record Unsynchronized(boolean writesTtl) implements ClockModel {

    /**
     * The same model, with a TTL in each row: set it where clocks are right within hours, so that
     * rows that no longer matter go away.
     *
     * @return the model
     */
    public Unsynchronized withTtl() {
      return new Unsynchronized(true);
    }
  }

  /**
   * The model as the protocol takes it.
   *
   * @return the bounds
   */
  default ClockBounds clockBounds() {
    int drift = ClockBounds.DEFAULT_DRIFT_PER_MILLE;
    return this instanceof Bounded b
        ? new ClockBounds(Durations.toMillisRoundedUp(b.maxSkew()), drift, true)
        : new ClockBounds(null, drift, ((Unsynchronized) this).writesTtl());
  }
}
