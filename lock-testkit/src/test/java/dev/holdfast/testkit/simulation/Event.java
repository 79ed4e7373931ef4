package dev.holdfast.testkit.simulation;

/** What a schedule may meet, and how often at least in a hundred schedules. */
enum Event {
  GRANTED(300),
  BUSY(600),
  DONE(80),
  TAKEN_OVER_AFTER_ITS_END(20),
  TAKEN_OVER_BEFORE_ITS_END(3),
  WAITED(90),
  UNAVAILABLE(80),
  INTERRUPTED(30),
  UNREACHABLE(120),
  THROTTLED(15),
  RENEWED(100),
  RELEASED(80),
  COMPLETED(40),
  RELEASED_LATE(25),
  RELEASE_UNKNOWN(8),
  OUTCOME_UNKNOWN(15),
  LOST(150),
  CLOSED_BEFORE(250),
  REDEEMED(60),
  TICKET_REFUSED(12),
  MEANWHILE(500),
  DELIVERED_LATE(60),
  CLOCK_SET(100),
  CLOCK_STOPPED(100),
  EXPIRED_ROW_DELETED(25),
  SERVED(300);

  private final int perHundred;

  Event(int perHundred) {
    this.perHundred = perHundred;
  }

  int floor(int schedules) {
    return perHundred * schedules / 100;
  }
}
