package dev.holdfast.demo.run;

import dev.holdfast.demo.aws.EnvironmentLifetime;
import dev.holdfast.demo.aws.InvocationRecord;
import dev.holdfast.demo.checker.Attempt;
import dev.holdfast.demo.checker.Attempt.Outcome;
import dev.holdfast.demo.checker.CheckResult;
import dev.holdfast.demo.dynamodb.WriteCounter.WriteCounts;
import dev.holdfast.demo.faults.InjectedFault;
import dev.holdfast.demo.workload.Workload;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What came of a run.
 *
 * @param variant with or without the guard
 * @param workload what it was fed with
 * @param startedAt when it began
 * @param endedAt when nothing was left to do
 * @param invocations every invocation
 * @param environments every sandbox
 * @param killed the sandbox that was killed
 * @param frozen the sandbox that was frozen
 * @param writeCounts what the lock table was asked for
 * @param checkResult what the ledger says
 */
public record RunResult(
    Variant variant,
    Workload workload,
    Instant startedAt,
    Instant endedAt,
    List<InvocationRecord> invocations,
    List<EnvironmentLifetime> environments,
    InjectedFault killed,
    InjectedFault frozen,
    WriteCounts writeCounts,
    CheckResult checkResult) {

  /** Copies the lists. */
  public RunResult {
    invocations = List.copyOf(invocations);
    environments = List.copyOf(environments);
  }

  /**
   * How long it took.
   *
   * @return the time from its start to its end
   */
  public Duration duration() {
    return Duration.between(startedAt, endedAt);
  }

  /**
   * How often functions were handed a message or an event.
   *
   * @return the number of deliveries
   */
  public int deliveries() {
    return invocations.stream().mapToInt(InvocationRecord::batchSize).sum();
  }

  /**
   * The first work on the killed sandbox's subject after the kill.
   *
   * @return the work, or nothing where none followed
   */
  public Optional<Attempt> takeover() {
    return checkResult.attempts().stream()
        .filter(attempt -> attempt.subject().equals(killed.subject()))
        .filter(attempt -> attempt.startEntry().timestamp().isAfter(killed.startedAt()))
        .min(Comparator.comparing(attempt -> attempt.startEntry().timestamp()));
  }

  /**
   * What became of the work in whose middle a sandbox was frozen.
   *
   * @return how it ended
   */
  public Outcome frozenAttemptOutcome() {
    return checkResult.attempts().stream()
        .filter(attempt -> attempt.startEntry().equals(frozen.startEntry()))
        .map(Attempt::outcome)
        .findFirst()
        .orElse(Outcome.UNFINISHED);
  }
}
