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
 * What kind of world a schedule plays in.
 *
 * <p>A frozen host's wall clock is not set: if neither clock counted the time, no holder could tell
 * that its lease was over.
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

  /** Those that the lock survives, all but the last two. */
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

  /** How far the wall clocks may be apart that are trusted. */
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

  /** What its clocks are like, in words. */
  String clocks() {
    return clocks;
  }

  /** How far any two wall clocks may be apart. */
  Duration maxSkew() {
    return maxSkew;
  }

  /** How far one host's wall clock may be off: in a mixed world, one is far off. */
  Duration maxSkew(int host) {
    return this == MIXED && host > 0 ? MAX_CLOCK_SKEW : maxSkew;
  }

  /** How much too fast or too slow a monotonic clock runs; the lock allows for 1 in 1,000. */
  double maxDrift() {
    return this == DRIFTING ? 0.02 : 0.0009;
  }

  /** Whether most faults are requests, or copies, that arrive much later. */
  boolean delaysRequests() {
    return this == DELAYED_DELIVERY;
  }

  /** Whether replies show the table's time. */
  boolean showsServerDate() {
    return this == SERVER_DATE || this == DETECTED_SKEW;
  }

  /** Whether replies show hosts that their clocks are off by more than the lock allows. */
  boolean detectsSkew() {
    return this == DETECTED_SKEW;
  }

  /** Whether clocks keep to what the lock asks of them, so that nobody else believes in it. */
  boolean hasValidClocks() {
    return this != DRIFTING && this != UNDETECTED_SKEW && this != DETECTED_SKEW;
  }

  /** Whether the table deletes only rows whose time to live is over. */
  boolean keepsRows() {
    return this != MARKERS_DELETED_EARLY;
  }
}
