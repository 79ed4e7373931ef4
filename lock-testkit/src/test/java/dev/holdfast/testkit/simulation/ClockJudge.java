package dev.holdfast.testkit.simulation;

import java.time.Duration;

/**
 * Knows by how much hosts' clocks are really off, and judges what is made of the times in replies.
 *
 * @param kind whose clocks they are
 */
record ClockJudge(Worlds kind) {
  private static final Duration QUICK = Duration.ofSeconds(2);
  private static final Duration SHOWN_BEYOND = Duration.ofMillis(3_100);
  private static final Duration INACCURATE = Duration.ofMillis(10);

  /**
   * Asked where a lock was refused since the host's clock is off: it is, or was when that was
   * found, before what was won was put back, during which it drifted on.
   */
  void checkClockOff(Host host, long aheadBefore, Duration claimed) {
    long now = host.clock().ahead();
    long ahead = Math.abs(now) > Math.abs(aheadBefore) ? now : aheadBefore;
    boolean right = Long.signum(ahead) == (claimed.isNegative() ? -1 : 1);
    boolean enough = Math.abs(ahead) + INACCURATE.toNanos() >= claimed.abs().toNanos();
    Judge.require(kind.findsClocksOff(), "told of a clock that is off, and it is not", claimed);
    Judge.require(
        right && enough, "told of a clock that is off by " + claimed, host.label() + ahead);
  }

  /**
   * Asked of a host that was handed a lock by an answer that showed how far its clock is off: by no
   * more than what such an answer cannot show.
   */
  void checkClockOfWinner(Host host, long aheadBefore, Duration took) {
    long least = Math.min(Math.abs(aheadBefore), Math.abs(host.clock().ahead()));
    boolean shown = kind.isDated() && took.compareTo(QUICK) < 0;
    boolean off = least > SHOWN_BEYOND.plus(took).toNanos();
    Judge.require(!(shown && off), "won by a clock that was seen to be off", host.label());
  }
}
