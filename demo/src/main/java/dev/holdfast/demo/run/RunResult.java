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
 * Result of a run.
 *
 * @param variant with or without the guard
 * @param workload the workload
 * @param startedAt the start of the run
 * @param endedAt the time at which the queue was empty and all events were processed
 * @param invocations all invocations
 * @param environments the lifetimes of all execution environments
 * @param killed the kill of an execution environment
 * @param frozen the freeze of an execution environment
 * @param writeCounts the write requests to the lock table
 * @param checkResult the result of checking the ledger
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
   * Returns the duration of the run.
   *
   * @return the time from its start to its end
   */
  public Duration duration() {
    return Duration.between(startedAt, endedAt);
  }

  /**
   * Returns the number of deliveries of messages and events to functions.
   *
   * @return the number of deliveries
   */
  public int deliveries() {
    return invocations.stream().mapToInt(InvocationRecord::batchSize).sum();
  }

  /**
   * Returns the first attempt on the subject of the killed execution environment after the kill.
   *
   * @return the attempt, or an empty result if none followed
   */
  public Optional<Attempt> takeover() {
    return checkResult.attempts().stream()
        .filter(attempt -> attempt.subject().equals(killed.subject()))
        .filter(attempt -> attempt.startEntry().timestamp().isAfter(killed.startedAt()))
        .min(Comparator.comparing(attempt -> attempt.startEntry().timestamp()));
  }

  /**
   * Returns the outcome of the attempt during which an execution environment was frozen.
   *
   * @return the outcome
   */
  public Outcome frozenAttemptOutcome() {
    return checkResult.attempts().stream()
        .filter(attempt -> attempt.startEntry().equals(frozen.startEntry()))
        .map(Attempt::outcome)
        .findFirst()
        .orElse(Outcome.UNFINISHED);
  }
}
