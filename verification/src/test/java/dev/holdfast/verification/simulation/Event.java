package dev.holdfast.verification.simulation;

import java.util.Optional;

/**
 * Events of schedules, with the minimum in a hundred schedules of each world, or of the only world
 * with the event.
 */
enum Event {
  ACQUIRED(410),
  BUSY(1560),
  ALREADY_COMPLETED(140),
  TAKEN_OVER_AFTER_EXPIRY(90),
  TAKEN_OVER_BEFORE_EXPIRY(9),
  ACQUIRED_AFTER_WAIT(130),
  UNAVAILABLE(240),
  INTERRUPTED(90),
  UNREACHABLE(490),
  THROTTLED(18),
  RENEWED(140),
  RELEASED(120),
  COMPLETED(60),
  RELEASED_AFTER_LOSS(70),
  RELEASE_UNKNOWN(10),
  OUTCOME_UNKNOWN(20),
  LOST(460),
  ALREADY_CLOSED(500),
  RESUMED(60),
  TRANSFER_REFUSED(50),
  INTERLEAVED_STEP(2470),
  DELIVERED_AFTER_DELAY(410),
  REORDERED(90),
  CLOCK_SET_FORWARD(220),
  CLOCK_SET_BACKWARD(210),
  HOST_FROZEN(450),
  EXPIRED_ROW_DELETED(90),
  DELETED_BY_OPERATOR(2),
  PAUSED(1780),
  PAUSED_LONG(170),
  CRASHED_AND_RESTARTED(90),
  CRASHED_PERMANENTLY(80),
  DENIED(20),
  PERMIT_ACQUIRED(160),
  PERMITS_BUSY(20),
  MULTI_LOCK_ACQUIRED(60),
  MULTI_LOCK_NOT_ACQUIRED(90),
  MULTI_LOCK_MEMBER_ACQUIRED(60),
  MULTI_LOCK_MEMBER_BUSY(60),
  WORK_COMPLETED(120),
  WORK_IN_PROGRESS_ELSEWHERE(14),
  CRASHED_DURING_WORK(18),
  DUPLICATE(260),
  KEEP_ALIVE_STARTED(50),
  KEEP_ALIVE_ALREADY_STARTED(4),
  LOSS_NOTIFIED(20),
  FENCE_ADVANCED(180),
  FENCE_REFUSED(20),
  FENCED_WRITE(80),
  SNAPSHOT_RESTORED_TWICE(40),
  MALFORMED_WAIT_HINT(230),
  CLOCK_SKEW_EXCEEDED(2000, WorldKind.DETECTED_SKEW),
  ACQUIRE_UNDONE(1_000, WorldKind.DETECTED_SKEW),
  TOKEN_ADOPTED(25, WorldKind.DETECTED_SKEW),
  CONCURRENT_HOLDERS(350, WorldKind.UNDETECTED_SKEW),
  ACQUIRED_AFTER_FAULTS(300);

  private final int minimumPerHundred;
  private final Optional<WorldKind> onlyWorld;

  Event(int minimumPerHundred) {
    this.minimumPerHundred = minimumPerHundred;
    this.onlyWorld = Optional.empty();
  }

  Event(int minimumPerHundred, WorldKind onlyWorld) {
    this.minimumPerHundred = minimumPerHundred;
    this.onlyWorld = Optional.of(onlyWorld);
  }

  int minimum(WorldKind world, int schedules) {
    boolean expected = onlyWorld.map(world::equals).orElse(true);
    return expected ? (int) ((long) minimumPerHundred * schedules / 100) : 0;
  }
}
