package dev.holdfast.verification.simulation;

import dev.holdfast.verification.support.Invariant;
import java.time.Duration;

/**
 * Knows by how much hosts' clocks are really off, and judges what is made of the times in replies.
 *
 * @param worldKind whose clocks they are
 */
record ClockSkewChecker(WorldKind worldKind) {
  private static final Duration MAX_QUICK_CALL = Duration.ofSeconds(2);
  private static final Duration DETECTABLE_SKEW = Duration.ofMillis(3_100);
  private static final Duration TOLERANCE = Duration.ofMillis(10);

  /**
   * Asked where a lock was refused since the host's clock is off: it is, or was when that was
   * found, before what was won was put back, during which it drifted on.
   */
  void checkSkewReport(Host host, long skewBefore, Duration reportedSkew) {
    long skewNow = host.clock().skewNanos();
    long largerSkew = Math.abs(skewNow) > Math.abs(skewBefore) ? skewNow : skewBefore;
    boolean sameDirection = Long.signum(largerSkew) == (reportedSkew.isNegative() ? -1 : 1);
    boolean largeEnough =
        Math.abs(largerSkew) + TOLERANCE.toNanos() >= reportedSkew.abs().toNanos();
    Invariant.require(
        worldKind.detectsSkew(), "clock skew reported, but clocks are within the maximum", reportedSkew);
    Invariant.require(
        sameDirection && largeEnough,
        "larger clock skew reported than there is: " + reportedSkew,
        host.label() + largerSkew);
  }

  /**
   * Asked of a host that was handed a lock by an answer that showed how far its clock is off: by no
   * more than what such an answer cannot show.
   */
  void checkSkewOfAcquirer(Host host, long skewBefore, Duration elapsed) {
    long smallerSkew = Math.min(Math.abs(skewBefore), Math.abs(host.clock().skewNanos()));
    boolean detectable = worldKind.showsServerDate() && elapsed.compareTo(MAX_QUICK_CALL) < 0;
    boolean exceeded = smallerSkew > DETECTABLE_SKEW.plus(elapsed).toNanos();
    Invariant.require(
        !(detectable && exceeded), "acquired despite detected clock skew", host.label());
  }
}
