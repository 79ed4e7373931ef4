package dev.holdfast.lock;

import dev.holdfast.lock.internal.text.Arguments;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;

/**
 * Assumptions about the wall clocks of the hosts that use one table. Hosts with different models
 * may share a table. Immutable.
 */
public sealed interface ClockModel {
  /** Default maximum difference between the clocks of two hosts. */
  Duration DEFAULT_MAX_SKEW = Duration.ofSeconds(1);

  /**
   * Returns a model of synchronized clocks, as on Lambda, EC2 and ECS. A crashed holder is replaced
   * by the first attempt after lease expiry plus maximum clock skew.
   *
   * @param maxSkew maximum difference between the clocks of two hosts, from 0 to 1 h
   * @return the model
   * @throws IllegalArgumentException if the skew is out of range
   */
  static ClockModel bounded(Duration maxSkew) {
    Objects.requireNonNull(maxSkew, "maxSkew");
    return new Bounded(maxSkew);
  }

  /**
   * Returns a model in which no wall clock decides about a lease. A crashed holder is replaced
   * after its row was observed unchanged for a whole lease. Rows carry no time to live.
   *
   * @return the model
   */
  static Unsynchronized unsynchronized() {
    return new Unsynchronized(false);
  }

  /**
   * Applies the function for this model.
   *
   * @param bounded function for synchronized clocks
   * @param unsynchronized function for clocks that are not synchronized
   * @param <R> type of the result
   * @return the result of the function
   */
  <R> R fold(
      Function<? super Bounded, ? extends R> bounded,
      Function<? super Unsynchronized, ? extends R> unsynchronized);

  /**
   * Synchronized clocks.
   *
   * @param maxSkew maximum difference between the clocks of two hosts, from 0 to 1 h
   */
  record Bounded(Duration maxSkew) implements ClockModel {
    private static final Duration MAX = Duration.ofHours(1);

    /**
     * Validates the skew.
     *
     * @throws IllegalArgumentException if the skew is out of range
     */
    public Bounded {
      Arguments.checkRange("maxSkew", maxSkew, Duration.ZERO, MAX);
    }

    @Override
    public <R> R fold(
        Function<? super Bounded, ? extends R> bounded,
        Function<? super Unsynchronized, ? extends R> unsynchronized) {
      Objects.requireNonNull(bounded, "bounded");
      Objects.requireNonNull(unsynchronized, "unsynchronized");
      return bounded.apply(this);
    }
  }

  /**
   * Clocks that are not synchronized.
   *
   * @param writesTtl whether rows carry a time to live by the writer's clock
   */
  record Unsynchronized(boolean writesTtl) implements ClockModel {

    /**
     * Returns this model with a time to live in each row, so that DynamoDB deletes obsolete rows.
     * Use it if the clocks are correct within hours.
     *
     * @return the model
     */
    public Unsynchronized withTtl() {
      return new Unsynchronized(true);
    }

    @Override
    public <R> R fold(
        Function<? super Bounded, ? extends R> bounded,
        Function<? super Unsynchronized, ? extends R> unsynchronized) {
      Objects.requireNonNull(bounded, "bounded");
      Objects.requireNonNull(unsynchronized, "unsynchronized");
      return unsynchronized.apply(this);
    }
  }
}
