package dev.holdfast.demo.cloud;

import dev.holdfast.demo.judge.Attempt;
import dev.holdfast.demo.judge.Attempt.Outcome;
import dev.holdfast.demo.plan.Plan;
import dev.holdfast.demo.plan.PlannedMessage;
import dev.holdfast.demo.plan.PlannedWork;
import dev.holdfast.demo.words.Seconds;
import dev.holdfast.demo.words.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Kills one sandbox and freezes another one, each in the middle of its work.
 *
 * <p>By the ledger it picks a sandbox that has begun and not ended, and for some seconds it insists
 * on an order that will be asked for again when the lease of a dead holder ends. It stops the
 * process first, looks at the ledger once more, and lets the process go on where its work ended
 * meanwhile: so what it strikes is in the middle of its work for sure.
 */
public final class Mishaps {
  private static final Duration KILL_FROM = Duration.ofMillis(1_500);
  private static final Duration FREEZE_FROM = Duration.ofMillis(2_200);
  private static final Duration CATCH_WITHIN = Duration.ofSeconds(20);
  private static final Duration CHOOSY_FOR = Duration.ofSeconds(3);
  private static final Duration IN_FLIGHT = Duration.ofMillis(60);
  private static final Duration WORK_LEFT = Duration.ofMillis(30);
  private static final Duration ASKED_AGAIN_FROM = Duration.ofMillis(2_400);
  private static final Duration ASKED_AGAIN_TO = Duration.ofMillis(4_600);
  private static final Duration LONGER_THAN_A_LEASE = Duration.ofMillis(5_500);
  private static final Duration TAKEN_OVER_WITHIN = Duration.ofSeconds(30);
  private static final Duration LATE_WRITE_WITHIN = Duration.ofSeconds(3);

  private final Plan plan;
  private final LedgerTable ledger;
  private final Sandboxes sandboxes;
  private final RunClock clock;
  private final Consumer<String> witness;
  private final Set<String> struck = ConcurrentHashMap.newKeySet();

  /**
   * Nothing has happened yet.
   *
   * @param plan what the run is fed with
   * @param ledger where to see who works on what
   * @param sandboxes whom to strike
   * @param clock the run's clock
   * @param witness who is told
   */
  public Mishaps(
      Plan plan,
      LedgerTable ledger,
      Sandboxes sandboxes,
      RunClock clock,
      Consumer<String> witness) {
    this.plan = plan;
    this.ledger = ledger;
    this.sandboxes = sandboxes;
    this.clock = clock;
    this.witness = witness;
  }

  /**
   * Kills a sandbox with signal 9.
   *
   * @return what was killed
   * @throws InterruptedException if the thread is interrupted
   */
  public Mishap kill() throws InterruptedException {
    Attempt victim = stopOne(KILL_FROM);
    NamedSandbox sandbox = sandboxes.named(victim.sandbox());
    sandbox.kill();
    tell("killed", victim);
    return new Mishap(victim, sandbox.end(), sandbox.end());
  }

  /**
   * Freezes a sandbox for longer than a lease, until another one has begun to work on its order.
   *
   * @return what was frozen
   * @throws InterruptedException if the thread is interrupted
   */
  public Mishap freeze() throws InterruptedException {
    Attempt victim = stopOne(FREEZE_FROM);
    Instant from = clock.time().wall();
    tell("frozen", victim);
    clock.waitFor(clock.elapsed().plus(LONGER_THAN_A_LEASE));
    clock.waitUntil(
        () -> attempts().anyMatch(other -> succeeds(other, victim)),
        clock.elapsed().plus(TAKEN_OVER_WITHIN));
    Instant to = clock.time().wall();
    sandboxes.named(victim.sandbox()).thaw();
    witness.accept(Seconds.of(clock.elapsed()) + ": " + victim.sandbox() + " goes on");
    clock.waitUntil(() -> !isOpen(victim), clock.elapsed().plus(LATE_WRITE_WITHIN));
    return new Mishap(victim, from, to);
  }

  private void tell(String what, Attempt victim) {
    witness.accept(
        Text.of(
            "%s: %s is %s while it works on %s (%s)",
            Seconds.of(clock.elapsed()), victim.sandbox(), what, victim.subject(), victim.step()));
  }

  private Attempt stopOne(Duration from) throws InterruptedException {
    clock.waitFor(from);
    Duration last = from.plus(CATCH_WITHIN);
    while (clock.elapsed().compareTo(last) < 0) {
      boolean choosy = clock.elapsed().compareTo(from.plus(CHOOSY_FOR)) < 0;
      Optional<Attempt> victim =
          attempts()
              .filter(this::isInTheMiddle)
              .filter(attempt -> !choosy || isAskedForAgain(attempt.subject()))
              .findFirst();
      if (victim.isPresent() && stop(victim.get())) {
        return victim.get();
      }
      clock.time().sleep(Duration.ofMillis(5));
    }
    throw new IllegalStateException(
        "no sandbox was caught in the middle of its work within "
            + CATCH_WITHIN.toSeconds()
            + " s");
  }

  private boolean stop(Attempt victim) throws InterruptedException {
    NamedSandbox sandbox = sandboxes.named(victim.sandbox());
    if (!struck.add(sandbox.name())) {
      return false;
    }
    sandbox.freeze();
    clock.time().sleep(IN_FLIGHT);
    if (isOpen(victim)) {
      return true;
    }
    sandbox.thaw();
    struck.remove(sandbox.name());
    return false;
  }

  private boolean isInTheMiddle(Attempt attempt) {
    Instant now = clock.time().wall();
    return attempt.outcome() == Outcome.NEVER_ENDED
        && !struck.contains(attempt.sandbox())
        && attempt.begin().at().plus(takes(attempt)).minus(WORK_LEFT).isAfter(now);
  }

  private Duration takes(Attempt attempt) {
    return plan.work().stream()
        .filter(work -> attempt.subject().equals(work.subject()))
        .filter(work -> attempt.step().equals(work.step()))
        .findFirst()
        .map(PlannedWork::takes)
        .orElse(Duration.ZERO);
  }

  private boolean isAskedForAgain(String subject) {
    Duration now = clock.elapsed();
    return plan.messages().stream()
        .filter(message -> message.work().subject().equals(subject))
        .map(PlannedMessage::sendAt)
        .map(at -> at.minus(now))
        .anyMatch(in -> in.compareTo(ASKED_AGAIN_FROM) > 0 && in.compareTo(ASKED_AGAIN_TO) < 0);
  }

  private static boolean succeeds(Attempt other, Attempt victim) {
    return other.subject().equals(victim.subject()) && other.from() > victim.from();
  }

  private boolean isOpen(Attempt victim) {
    return attempts()
        .filter(attempt -> attempt.begin().equals(victim.begin()))
        .anyMatch(attempt -> attempt.outcome() == Outcome.NEVER_ENDED);
  }

  private Stream<Attempt> attempts() {
    return ledger.read().stream().flatMap(history -> history.attempts(Map.of()).stream());
  }
}
