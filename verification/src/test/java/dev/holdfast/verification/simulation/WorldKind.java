package dev.holdfast.verification.simulation;

import static dev.holdfast.lock.ClockModel.bounded;
import static dev.holdfast.lock.ClockModel.unsynchronized;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import dev.holdfast.lock.ClockModel;
import java.time.Duration;
import java.util.List;

/**
 * Kind of world, which sets the clocks and the faults of a schedule.
 *
 * <p>The wall clock of a frozen host is never set. If neither clock counted the time, no holder
 * could know that its lease has ended.
 */
enum WorldKind {
  SYNCHRONIZED(ofSeconds(1), "bounded by 1 s"),
  UNSYNCHRONIZED(ofHours(5), "up to 5 h apart, not trusted"),
  MIXED(ofHours(5), "one host of the second kind, two of the first"),
  DELAYED_DELIVERY(
      ofSeconds(1), "bounded by 1 s; most faults are requests or copies that arrive late"),
  SERVER_DATE(ofSeconds(1), "bounded by 1 s; replies show the table's time"),
  DRIFTING(ofSeconds(1), "bounded by 1 s, monotonic clocks at rates from 0.98 to 1.02"),
  UNDETECTED_SKEW(ofMinutes(10), "trusted within 1 s, and up to 10 min apart"),
  DETECTED_SKEW(
      ofMinutes(10), "trusted within 1 s, one in three is off by minutes; replies show it"),
  SKEW_EXCEEDED(ofSeconds(10), "trusted within 1 s, and up to 10 s apart"),
  MARKERS_DELETED_EARLY(ofHours(5), "not trusted, in a table that deletes rows too early");

  /** The worlds that the lock supports: all except the last two. */
  static final List<WorldKind> SUPPORTED =
      List.of(
          SYNCHRONIZED,
          UNSYNCHRONIZED,
          MIXED,
          DELAYED_DELIVERY,
          SERVER_DATE,
          DRIFTING,
          UNDETECTED_SKEW,
          DETECTED_SKEW);

  /** The maximum skew of trusted wall clocks. */
  static final Duration MAX_CLOCK_SKEW = ofSeconds(1);

  private final Duration maxSkew;
  private final String clocks;

  WorldKind(Duration maxSkew, String clocks) {
    this.maxSkew = maxSkew;
    this.clocks = clocks;
  }

  ClockModel model(int host) {
    return switch (this) {
      case UNSYNCHRONIZED, MARKERS_DELETED_EARLY -> unsynchronized().withTtl();
      case MIXED -> host == 0 ? unsynchronized() : bounded(MAX_CLOCK_SKEW);
      default -> bounded(MAX_CLOCK_SKEW);
    };
  }

  /** Returns a description of the clocks. */
  String clocks() {
    return clocks;
  }

  /** Returns the largest difference of two wall clocks. */
  Duration maxSkew() {
    return maxSkew;
  }

  /**
   * Returns the range of one host's wall clock. In a mixed world, only the first host has a large
   * range.
   */
  Duration maxSkew(int host) {
    return this == MIXED && host > 0 ? MAX_CLOCK_SKEW : maxSkew;
  }

  /** Returns the largest rate error of a monotonic clock. The lock allows for 1 in 1,000. */
  double maxDrift() {
    return this == DRIFTING ? 0.02 : 0.0009;
  }

  /** Returns whether most faults delay a request or a copy. */
  boolean delaysRequests() {
    return this == DELAYED_DELIVERY;
  }

  /** Returns whether replies carry the table's time. */
  boolean showsServerDate() {
    return this == SERVER_DATE || this == DETECTED_SKEW;
  }

  /** Returns whether replies reveal that a clock exceeds the maximum skew. */
  boolean detectsSkew() {
    return this == DETECTED_SKEW;
  }

  /**
   * Returns whether the clocks satisfy the requirements of the lock, so that mutual exclusion
   * holds.
   */
  boolean hasValidClocks() {
    return this != DRIFTING && this != UNDETECTED_SKEW && this != DETECTED_SKEW;
  }

  /** Returns whether the table deletes only rows whose time to live has passed. */
  boolean keepsRows() {
    return this != MARKERS_DELETED_EARLY;
  }
}
