package dev.holdfast.testkit.simulation;

/** What a schedule may meet, and how often at least in a hundred schedules. */
enum Event {
  GRANTED(1500),
  BUSY(4000),
  DONE(300),
  TAKEN_OVER_AFTER_ITS_END(100),
  TAKEN_OVER_BEFORE_ITS_END(15),
  WAITED(400),
  UNAVAILABLE(400),
  INTERRUPTED(150),
  UNREACHABLE(500),
  THROTTLED(35),
  RENEWED(400),
  RELEASED(400),
  COMPLETED(150),
  RELEASED_LATE(150),
  RELEASE_UNKNOWN(40),
  OUTCOME_UNKNOWN(70),
  LOST(900),
  CLOSED_BEFORE(1500),
  REDEEMED(250),
  TICKET_REFUSED(50),
  MEANWHILE(2500),
  DELIVERED_LATE(450),
  OVERTAKEN(70),
  CLOCK_SET_FORWARD(300),
  CLOCK_SET_BACK(300),
  CLOCK_STOPPED(600),
  EXPIRED_ROW_DELETED(100),
  DELETED_BY_HAND(2),
  PAUSED_LONG(350),
  CRASHED_AND_BACK(150),
  CRASHED_FOR_GOOD(150),
  DENIED(40),
  SERVED(300);

  private final int perHundred;

  Event(int perHundred) {
    this.perHundred = perHundred;
  }

  int floor(int schedules) {
    return perHundred * schedules / 100;
  }
}
