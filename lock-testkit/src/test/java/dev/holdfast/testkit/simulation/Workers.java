package dev.holdfast.testkit.simulation;

import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.testkit.ManualTime;
import java.time.Duration;
import java.util.Random;

/**
 * Hosts that work on events, each of which is delivered again and again until the next one comes:
 * an event is worked on once, and once more for each time that its worker crashed, lost its lock or
 * was told that it could not be completed.
 */
final class Workers {
  private static final Duration WINDOW = Duration.ofDays(3_000);
  private static final long LEASE_MILLIS_MIN = 1_000;
  private static final int LEASE_MILLIS_MORE = 9_000;
  private static final int WORK_MILLIS_MAX = 3_000;
  private static final int LONG_WORK_MILLIS_MAX = 12_000;

  private final Random random;
  private final Calls calls;
  private final ManualTime truth;
  private Effects effects = new Effects(1);

  /** What came of one event so far. */
  private static final class Effects {
    private final int number;
    private int done;
    private int excused;
    private boolean completed;

    Effects(int number) {
      this.number = number;
    }

    String event() {
      return "event-" + number;
    }

    void check() {
      Judge.require(done <= 1 + excused, "worked on too often", event());
    }
  }

  Workers(Random random, Calls calls, ManualTime truth) {
    this.random = random;
    this.calls = calls;
    this.truth = truth;
  }

  /** The event, or the next one, is delivered to a host. */
  void deliverTo(Host host) {
    if (random.nextInt(4) == 0) {
      effects = new Effects(effects.number + 1);
    }
    Effects mine = effects;
    calls.make(host, () -> handles(host, mine));
  }

  private void handles(Host host, Effects mine) {
    host.clock().thaw();
    Duration lease = Duration.ofMillis(LEASE_MILLIS_MIN + random.nextInt(LEASE_MILLIS_MORE));
    LockRequest request = LockRequest.of(mine.event()).lease(lease).holder(host.label());
    Event event =
        host.locks()
            .tryAcquire(request)
            .fold(
                lock -> works(host, lock, mine),
                busy -> Event.WORKED_ON_ELSEWHERE,
                done -> Event.DUPLICATE);
    calls.tally().count(event);
  }

  private Event works(Host host, HeldLock lock, Effects mine) {
    boolean late = mine.completed && lock.isHeld() && calls.judge().kind().keepsClocks();
    Judge.require(!late, "worked on after it was completed", mine.event());
    truth.advance(Duration.ofMillis(random.nextInt(workMillisMax())));
    mine.done++;
    mine.excused++; // until it is known to be completed
    if (host.clock().isGone() || random.nextInt(8) == 0) {
      return Event.KILLED_AT_WORK;
    }
    try (lock) {
      lock.complete(WINDOW);
    }
    mine.completed = true;
    mine.excused--;
    mine.check();
    return Event.WORKED;
  }

  private int workMillisMax() {
    return random.nextInt(4) == 0 ? LONG_WORK_MILLIS_MAX : WORK_MILLIS_MAX;
  }
}
