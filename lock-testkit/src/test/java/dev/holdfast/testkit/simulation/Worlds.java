package dev.holdfast.testkit.simulation;

import static dev.holdfast.lock.ClockModel.bounded;
import static dev.holdfast.lock.ClockModel.unsynchronized;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import dev.holdfast.lock.ClockModel;
import java.time.Duration;
import java.util.List;

/**
 * What kind of world a schedule plays in.
 *
 * <p>A frozen host's wall clock is not set: if neither clock counted the time, no holder could tell
 * that its lease was over.
 */
enum Worlds {
  SYNCHRONIZED(ofSeconds(1), "bounded by 1 s"),
  UNSYNCHRONIZED(ofHours(5), "up to 5 h apart, not trusted"),
  MIXED(ofHours(5), "one host of the second kind, two of the first"),
  SLOW_WIRE(ofSeconds(1), "bounded by 1 s; most faults are requests or copies that arrive late"),
  DATED(ofSeconds(1), "bounded by 1 s; replies show the table's time"),
  DRIFTING(ofSeconds(1), "bounded by 1 s, monotonic clocks at rates from 0.98 to 1.02"),
  OFF_BY_MINUTES(ofMinutes(10), "trusted within 1 s, and up to 10 min apart"),
  FOUND_OFF(ofMinutes(10), "trusted within 1 s, one in three is off by minutes; replies show it"),
  CLOCKS_BEYOND_THE_BOUND(ofSeconds(10), "trusted within 1 s, and up to 10 s apart"),
  MARKERS_DELETED_EARLY(ofHours(5), "not trusted, in a table that deletes rows too early");

  /** Those that the lock survives, all but the last two. */
  static final List<Worlds> GOOD =
      List.of(
          SYNCHRONIZED,
          UNSYNCHRONIZED,
          MIXED,
          SLOW_WIRE,
          DATED,
          DRIFTING,
          OFF_BY_MINUTES,
          FOUND_OFF);

  /** How far the wall clocks may be apart that are trusted. */
  static final Duration BOUND = ofSeconds(1);

  private final Duration apartMax;
  private final String clocks;

  Worlds(Duration apartMax, String clocks) {
    this.apartMax = apartMax;
    this.clocks = clocks;
  }

  ClockModel model(int host) {
    return switch (this) {
      case UNSYNCHRONIZED, MARKERS_DELETED_EARLY -> unsynchronized().expiringRows();
      case MIXED -> host == 0 ? unsynchronized() : bounded(BOUND);
      default -> bounded(BOUND);
    };
  }

  /** What its clocks are like, in words. */
  String clocks() {
    return clocks;
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

  /** Whether replies show the table's time. */
  boolean isDated() {
    return this == DATED || this == FOUND_OFF;
  }

  /** Whether replies show hosts that their clocks are off by more than the lock allows. */
  boolean findsClocksOff() {
    return this == FOUND_OFF;
  }

  /** Whether clocks keep to what the lock asks of them, so that nobody else believes in it. */
  boolean keepsClocks() {
    return this != DRIFTING && this != OFF_BY_MINUTES && this != FOUND_OFF;
  }

  /** Whether the table deletes only rows whose time to live is over. */
  boolean keepsRows() {
    return this != MARKERS_DELETED_EARLY;
  }
}
