package dev.holdfast.testkit.simulation;

import dev.holdfast.lock.Loss;
import dev.holdfast.lock.ReleaseOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** What owners do with their locks, in whatever state these are; some are never seen again. */
final class Owners {
  private static final long LEASE_MILLIS_MIN = 1_000;
  private static final int LEASE_MILLIS_MORE = 9_000;
  private static final long WINDOW_MILLIS_MIN = 1_000;
  private static final int WINDOW_MILLIS_MORE = 4_000;
  private static final int LATEST = 4;

  private final Random random;
  private final Calls calls;
  private final Fencing fencing;

  Owners(Random random, Calls calls, Fencing fencing) {
    this.random = random;
    this.calls = calls;
    this.fencing = fencing;
  }

  /** One of the latest holds that are not known to be closed, unless a call on it is under way. */
  private Optional<Grant> any() {
    List<Grant> open = calls.judge().grants().stream().filter(grant -> !grant.ended()).toList();
    if (open.isEmpty()) {
      return Optional.empty();
    }
    int back = 1 + random.nextInt(Math.min(LATEST, open.size()));
    return Optional.of(open.get(open.size() - back)).filter(grant -> !grant.inUse());
  }

  void use() {
    any().ifPresent(grant -> calls.make(grant, () -> use(grant)));
  }

  private void use(Grant grant) {
    switch (random.nextInt(11)) {
      case 0, 1, 2 -> renew(grant);
      case 3, 4 -> release(grant);
      case 5 -> complete(grant);
      case 6 -> close(grant);
      case 7 -> keepAlive(grant);
      case 8, 9 -> fencing.use(grant);
      default -> grant.see();
    }
  }

  private void renew(Grant grant) {
    long millis = LEASE_MILLIS_MIN + random.nextInt(LEASE_MILLIS_MORE);
    grant.lock().renew(Duration.ofMillis(millis));
    calls.judge().checkRenewed(grant, millis);
    calls.tally().count(Event.RENEWED);
  }

  private void keepAlive(Grant grant) {
    try {
      grant.lock().keepAlive(loss -> lost(grant, loss));
      calls.tally().count(Event.KEPT_ALIVE);
    } catch (IllegalStateException e) {
      calls.tally().count(Event.KEPT_ALIVE_BEFORE);
    }
  }

  private void lost(Grant grant, Loss loss) {
    boolean held = !loss.remaining().isZero();
    Judge.require(held || !grant.lock().isHeld(), "lost, and still believed in", grant.holder());
    calls.tally().count(Event.LOSS_TOLD);
  }

  private void release(Grant grant) {
    int elsewhere = calls.network().happenedElsewhere();
    ReleaseOutcome outcome = grant.lock().release();
    Judge.require(!grant.lock().isHeld(), "believed in after", outcome);
    if (calls.network().happenedElsewhere() == elsewhere) {
      calls.judge().checkReleased(grant, outcome);
    }
    calls
        .tally()
        .count(
            switch (outcome) {
              case RELEASED -> Event.RELEASED;
              case COMPLETED -> throw new AssertionError("completed by nobody");
              case LATE -> Event.RELEASED_LATE;
              case UNKNOWN -> Event.RELEASE_UNKNOWN;
            });
  }

  private void complete(Grant grant) {
    long millis = WINDOW_MILLIS_MIN + random.nextInt(WINDOW_MILLIS_MORE);
    int elsewhere = calls.network().happenedElsewhere();
    long asked = calls.judge().truthMicros();
    grant.lock().complete(Duration.ofMillis(millis));
    grant.completed(calls.judge().rememberedUntil(asked, millis));
    calls.tally().count(Event.COMPLETED);
    if (calls.network().happenedElsewhere() == elsewhere) {
      calls.judge().checkCompleted(grant);
    }
  }

  private static void close(Grant grant) {
    grant.lock().close();
    Judge.require(!grant.lock().isHeld(), "closed, and still believed in", grant.holder());
  }

  /** The ticket of one of the locks, if it gives one. */
  Optional<String> ticket() {
    return any().flatMap(this::ticket);
  }

  private Optional<String> ticket(Grant grant) {
    String[] ticket = new String[1];
    calls.make(grant, () -> ticket[0] = grant.lock().ticket());
    return Optional.ofNullable(ticket[0]);
  }
}
