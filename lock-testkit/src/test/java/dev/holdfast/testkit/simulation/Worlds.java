package dev.holdfast.testkit.simulation;

import static dev.holdfast.lock.ClockModel.bounded;
import static dev.holdfast.lock.ClockModel.unsynchronized;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofSeconds;

import dev.holdfast.lock.ClockModel;
import java.time.Duration;

/**
 * What kind of world a schedule plays in; all but the last two keep what the lock asks of it.
 *
 * <p>A frozen host's wall clock is not set: if neither clock counted the time, no holder could tell
 * that its lease was over.
 */
enum Worlds {
  SYNCHRONIZED(ofSeconds(1)),
  UNSYNCHRONIZED(ofHours(5)),
  MIXED(ofHours(5)),
  SLOW_WIRE(ofSeconds(1)),
  DRIFTING(ofSeconds(1)),
  CLOCKS_BEYOND_THE_BOUND(ofSeconds(10)),
  MARKERS_DELETED_EARLY(ofHours(5));

  private static final Duration BOUND = ofSeconds(1);

  private final Duration apartMax;

  Worlds(Duration apartMax) {
    this.apartMax = apartMax;
  }

  ClockModel model(int host) {
    return switch (this) {
      case SYNCHRONIZED, SLOW_WIRE, DRIFTING, CLOCKS_BEYOND_THE_BOUND -> bounded(ofSeconds(1));
      case UNSYNCHRONIZED, MARKERS_DELETED_EARLY -> unsynchronized().expiringRows();
      case MIXED -> host == 0 ? unsynchronized() : bounded(ofSeconds(1));
    };
  }

  /** How far any two wall clocks may be apart. */
  Duration apartMax() {
    return apartMax;
  }

  /** How far one host's wall clock may be off: in a mixed world, one is far off. */
  Duration apartMax(int host) {
    return this == MIXED && host > 0 ? BOUND : apartMax;
  }

  /** How much too fast or too slow a monotonic clock runs; the lock allows for 1 in 1,000. */
  double driftMax() {
    return this == DRIFTING ? 0.02 : 0.0009;
  }

  /** Whether most faults are requests, or copies, that arrive much later. */
  boolean isSlow() {
    return this == SLOW_WIRE;
  }

  /** Whether clocks keep to what the lock asks of them, so that nobody else believes in it. */
  boolean keepsClocks() {
    return this != DRIFTING;
  }

  /** Whether the table deletes only rows whose time to live is over. */
  boolean keepsRows() {
    return this != MARKERS_DELETED_EARLY;
  }
}
