package dev.holdfast.testkit.simulation;

import java.util.Optional;

/**
 * What a schedule may meet, and how often at least in a hundred schedules of each world, or of the
 * one world that is for it.
 */
enum Event {
  GRANTED(410),
  BUSY(1560),
  DONE(140),
  TAKEN_OVER_AFTER_ITS_END(90),
  TAKEN_OVER_BEFORE_ITS_END(9),
  WAITED(130),
  UNAVAILABLE(240),
  INTERRUPTED(90),
  UNREACHABLE(490),
  THROTTLED(18),
  RENEWED(140),
  RELEASED(120),
  COMPLETED(60),
  RELEASED_LATE(70),
  RELEASE_UNKNOWN(10),
  OUTCOME_UNKNOWN(20),
  LOST(460),
  CLOSED_BEFORE(500),
  REDEEMED(60),
  TICKET_REFUSED(50),
  MEANWHILE(2470),
  DELIVERED_LATE(410),
  OVERTAKEN(90),
  CLOCK_SET_FORWARD(220),
  CLOCK_SET_BACK(210),
  CLOCK_STOPPED(450),
  EXPIRED_ROW_DELETED(90),
  DELETED_BY_HAND(2),
  PAUSED(1780),
  PAUSED_LONG(170),
  CRASHED_AND_BACK(90),
  CRASHED_FOR_GOOD(80),
  DENIED(20),
  PERMIT_GRANTED(160),
  PERMITS_BUSY(20),
  SET_GRANTED(60),
  SET_REFUSED(90),
  ONE_OF_SET_GRANTED(60),
  ONE_OF_SET_BUSY(60),
  WORKED(120),
  WORKED_ON_ELSEWHERE(14),
  KILLED_AT_WORK(18),
  DUPLICATE(260),
  KEPT_ALIVE(50),
  KEPT_ALIVE_BEFORE(4),
  LOSS_TOLD(20),
  FENCE_RAISED(180),
  FENCE_REFUSED(20),
  FENCED_WRITE(80),
  RESTORED_TWICE(40),
  ODD_HINT(230),
  CLOCK_OFF(2000, Worlds.FOUND_OFF),
  TWO_AT_ONCE(350, Worlds.OFF_BY_MINUTES),
  SERVED(300);

  private final int perHundred;
  private final Optional<Worlds> only;

  Event(int perHundred) {
    this.perHundred = perHundred;
    this.only = Optional.empty();
  }

  Event(int perHundred, Worlds only) {
    this.perHundred = perHundred;
    this.only = Optional.of(only);
  }

  int floor(Worlds world, int schedules) {
    boolean expected = only.map(world::equals).orElse(true);
    return expected ? (int) ((long) perHundred * schedules / 100) : 0;
  }
}
