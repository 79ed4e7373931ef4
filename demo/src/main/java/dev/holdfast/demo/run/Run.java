package dev.holdfast.demo.run;

import dev.holdfast.demo.cloud.Handling;
import dev.holdfast.demo.cloud.Mishap;
import dev.holdfast.demo.cloud.SandboxLife;
import dev.holdfast.demo.cloud.Writes;
import dev.holdfast.demo.judge.Attempt;
import dev.holdfast.demo.judge.Attempt.Outcome;
import dev.holdfast.demo.judge.Verdict;
import dev.holdfast.demo.plan.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What came of a run.
 *
 * @param variant with or without the guard
 * @param plan what it was fed with
 * @param start when it began
 * @param end when nothing was left to do
 * @param handlings every invocation
 * @param sandboxes every sandbox
 * @param killed the sandbox that was killed
 * @param frozen the sandbox that was frozen
 * @param writes what the lock table was asked for
 * @param verdict what the ledger says
 */
public record Run(
    Variant variant,
    Plan plan,
    Instant start,
    Instant end,
    List<Handling> handlings,
    List<SandboxLife> sandboxes,
    Mishap killed,
    Mishap frozen,
    Writes writes,
    Verdict verdict) {

  /** Copies the lists. */
  public Run {
    handlings = List.copyOf(handlings);
    sandboxes = List.copyOf(sandboxes);
  }

  /**
   * How long it took.
   *
   * @return the time from its start to its end
   */
  public Duration length() {
    return Duration.between(start, end);
  }

  /**
   * How often functions were handed a message or an event.
   *
   * @return the number of deliveries
   */
  public int deliveries() {
    return handlings.stream().mapToInt(Handling::deliveries).sum();
  }

  /**
   * The first work on the killed sandbox's subject after the kill.
   *
   * @return the work, or nothing where none followed
   */
  public Optional<Attempt> takeOver() {
    return verdict.attempts().stream()
        .filter(attempt -> attempt.subject().equals(killed.subject()))
        .filter(attempt -> attempt.begin().at().isAfter(killed.from()))
        .min(Comparator.comparing(attempt -> attempt.begin().at()));
  }

  /**
   * What became of the work in whose middle a sandbox was frozen.
   *
   * @return how it ended
   */
  public Outcome frozenOutcome() {
    return verdict.attempts().stream()
        .filter(attempt -> attempt.begin().equals(frozen.begin()))
        .map(Attempt::outcome)
        .findFirst()
        .orElse(Outcome.NEVER_ENDED);
  }
}
