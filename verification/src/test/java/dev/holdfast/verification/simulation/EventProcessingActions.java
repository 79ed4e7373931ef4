package dev.holdfast.verification.simulation;

import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.testkit.ManualClock;
import dev.holdfast.verification.support.Invariant;
import java.time.Duration;
import java.util.Random;

/**
 * Hosts that process events, each of which is delivered repeatedly until the next one. An event is
 * processed once. It is processed once more for each worker that crashed, lost its lock, or
 * received an error from its completion.
 */
final class EventProcessingActions {
  private static final Duration RETENTION = Duration.ofDays(3_000);
  private static final long MIN_LEASE_MILLIS = 1_000;
  private static final int LEASE_MILLIS_RANGE = 9_000;
  private static final int MAX_WORK_MILLIS = 3_000;
  private static final int MAX_LONG_WORK_MILLIS = 12_000;

  private final Random random;
  private final CallRunner callRunner;
  private final ManualClock trueTime;
  private EventEffects currentEvent = new EventEffects(1);

  /** The effects of one event so far. */
  private static final class EventEffects {
    private final int number;
    private int workCount;
    private int allowedRepeats;
    private boolean completed;

    EventEffects(int number) {
      this.number = number;
    }

    String eventId() {
      return "event-" + number;
    }

    void check() {
      Invariant.require(workCount <= 1 + allowedRepeats, "event processed too often", eventId());
    }
  }

  EventProcessingActions(Random random, CallRunner callRunner, ManualClock trueTime) {
    this.random = random;
    this.callRunner = callRunner;
    this.trueTime = trueTime;
  }

  /** Delivers the current event, or the next one, to a host. */
  void deliverTo(Host host) {
    if (random.nextInt(4) == 0) {
      currentEvent = new EventEffects(currentEvent.number + 1);
    }
    EventEffects effects = currentEvent;
    callRunner.run(host, () -> handle(host, effects));
  }

  private void handle(Host host, EventEffects effects) {
    host.clock().thaw();
    Duration leaseDuration =
        Duration.ofMillis(MIN_LEASE_MILLIS + random.nextInt(LEASE_MILLIS_RANGE));
    LockRequest request =
        LockRequest.of(effects.eventId()).leaseDuration(leaseDuration).holder(host.label());
    Event event =
        host.lockClient()
            .tryAcquire(request)
            .fold(
                lock -> work(host, lock, effects),
                busy -> Event.WORK_IN_PROGRESS_ELSEWHERE,
                completed -> Event.DUPLICATE);
    callRunner.statistics().count(event);
  }

  private Event work(Host host, HeldLock lock, EventEffects effects) {
    boolean afterCompletion =
        effects.completed && lock.isHeld() && callRunner.checker().worldKind().hasValidClocks();
    Invariant.require(!afterCompletion, "event processed after its completion", effects.eventId());
    trueTime.advance(Duration.ofMillis(random.nextInt(maxWorkMillis())));
    effects.workCount++;
    effects.allowedRepeats++; // until the completion is known
    if (host.clock().isCrashed() || random.nextInt(8) == 0) {
      return Event.CRASHED_DURING_WORK;
    }
    try (lock) {
      lock.complete(RETENTION);
    }
    effects.completed = true;
    effects.allowedRepeats--;
    effects.check();
    return Event.WORK_COMPLETED;
  }

  private int maxWorkMillis() {
    return random.nextInt(4) == 0 ? MAX_LONG_WORK_MILLIS : MAX_WORK_MILLIS;
  }
}
