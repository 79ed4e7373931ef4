package dev.holdfast.verification.simulation;

import dev.holdfast.verification.support.Invariant;
import java.time.Duration;

/**
 * Compares reported clock skew with the true skew of the hosts.
 *
 * @param worldKind the kind of world
 */
record ClockSkewChecker(WorldKind worldKind) {
  private static final Duration MAX_QUICK_CALL = Duration.ofSeconds(2);
  private static final Duration DETECTABLE_SKEW = Duration.ofMillis(3_100);
  private static final Duration TOLERANCE = Duration.ofMillis(10);

  /**
   * Checks a rejection for clock skew. The true skew is at least the reported skew, now or at the
   * time of the detection. The clock may drift while the host releases the lock that it has just
   * acquired.
   */
  void checkSkewReport(Host host, long skewBefore, Duration reportedSkew) {
    long skewNow = host.clock().skewNanos();
    long largerSkew = Math.abs(skewNow) > Math.abs(skewBefore) ? skewNow : skewBefore;
    boolean sameDirection = Long.signum(largerSkew) == (reportedSkew.isNegative() ? -1 : 1);
    boolean largeEnough =
        Math.abs(largerSkew) + TOLERANCE.toNanos() >= reportedSkew.abs().toNanos();
    Invariant.require(
        worldKind.detectsSkew(),
        "clock skew reported, but clocks are within the maximum",
        reportedSkew);
    Invariant.require(
        sameDirection && largeEnough,
        "larger clock skew reported than there is: " + reportedSkew,
        host.label() + largerSkew);
  }

  /**
   * Checks a host that has acquired a lock by a reply with the table's time. The true skew exceeds
   * the maximum at most by the inaccuracy of such a reply.
   */
  void checkSkewOfAcquirer(Host host, long skewBefore, Duration elapsed) {
    long smallerSkew = Math.min(Math.abs(skewBefore), Math.abs(host.clock().skewNanos()));
    boolean detectable = worldKind.showsServerDate() && elapsed.compareTo(MAX_QUICK_CALL) < 0;
    boolean exceeded = smallerSkew > DETECTABLE_SKEW.plus(elapsed).toNanos();
    Invariant.require(
        !(detectable && exceeded), "acquired despite detected clock skew", host.label());
  }
}
