package dev.holdfast.demo.faults;

import dev.holdfast.demo.aws.ExecutionEnvironment;
import dev.holdfast.demo.aws.ExecutionEnvironments;
import dev.holdfast.demo.checker.LedgerEntry;
import dev.holdfast.demo.checker.LedgerEntry.Kind;
import dev.holdfast.demo.concurrent.RunClock;
import dev.holdfast.demo.dynamodb.DynamoDbProxy;
import dev.holdfast.demo.dynamodb.LedgerListener;
import dev.holdfast.demo.format.TextFormat;
import dev.holdfast.demo.workload.Workload;
import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Kills one execution environment and freezes another, each during a step. It acts after the ledger
 * has stored the start entry and before the execution environment receives the response.
 */
public final class FaultInjector {
  private static final Duration EARLIEST_KILL = Duration.ofMillis(1_500);
  private static final Duration EARLIEST_FREEZE = Duration.ofMillis(2_200);
  private static final Duration MIN_FREEZE_DURATION = Duration.ofMillis(5_500);
  private static final Duration TAKEOVER_TIMEOUT = Duration.ofSeconds(20);
  private static final Duration LATE_WRITE_TIMEOUT = Duration.ofSeconds(3);

  private final ExecutionEnvironments environments;
  private final RunClock clock;
  private final Consumer<String> reporter;
  private final FaultTrigger killTrigger;
  private final FaultTrigger freezeTrigger;
  private final Queue<SubjectEntry> ledgerEntries = new ConcurrentLinkedQueue<>();

  /** A ledger entry with its subject. */
  private record SubjectEntry(String subject, LedgerEntry entry) {}

  /**
   * Creates an injector.
   *
   * @param workload the workload of the run
   * @param environments the execution environments of the run
   * @param clock the clock of the run
   * @param reporter receives a line of text for each fault
   */
  public FaultInjector(
      Workload workload,
      ExecutionEnvironments environments,
      RunClock clock,
      Consumer<String> reporter) {
    this.environments = environments;
    this.clock = clock;
    this.reporter = reporter;
    killTrigger = new FaultTrigger(workload, EARLIEST_KILL);
    freezeTrigger = new FaultTrigger(workload, EARLIEST_FREEZE);
  }

  /**
   * Starts to select steps for the faults.
   *
   * @param proxy the proxy that forwards the requests of the functions
   * @param ledgerTable the name of the ledger table
   */
  public void attachTo(DynamoDbProxy proxy, String ledgerTable) {
    proxy.addListener(new LedgerListener(ledgerTable, this::onLedgerEntry));
  }

  /**
   * Waits until an execution environment has been killed with signal 9.
   *
   * @return the fault
   * @throws InterruptedException if the thread is interrupted
   */
  public InjectedFault awaitKill() throws InterruptedException {
    InjectedFault killed = killTrigger.await(clock);
    report("killed", killed);
    return killed;
  }

  /**
   * Waits until an execution environment has been frozen, and thaws it later. The freeze lasts
   * longer than a lease and until another execution environment has started to work on the same
   * order.
   *
   * @return the fault
   * @throws InterruptedException if the thread is interrupted
   */
  public InjectedFault awaitFreeze() throws InterruptedException {
    InjectedFault frozen = freezeTrigger.await(clock);
    report("frozen", frozen);
    clock.sleepUntil(clock.elapsed().plus(MIN_FREEZE_DURATION));
    clock.waitUntil(() -> isTakenOver(frozen), clock.elapsed().plus(TAKEOVER_TIMEOUT));
    Instant endedAt = clock.time().wallTime();
    environments.get(frozen.environment()).thaw();
    reporter.accept(TextFormat.seconds(clock.elapsed()) + ": " + frozen.environment() + " resumes");
    clock.waitUntil(() -> hasEnded(frozen), clock.elapsed().plus(LATE_WRITE_TIMEOUT));
    return new InjectedFault(frozen.subject(), frozen.startEntry(), frozen.startedAt(), endedAt);
  }

  private void report(String action, InjectedFault fault) {
    reporter.accept(
        TextFormat.format(
            "%s: %s is %s while it works on %s (%s)",
            TextFormat.seconds(clock.elapsed()),
            fault.environment(),
            action,
            fault.subject(),
            fault.startEntry().step()));
  }

  private void onLedgerEntry(String subject, LedgerEntry entry) {
    ledgerEntries.add(new SubjectEntry(subject, entry));
    if (entry.kind() != Kind.START) {
      return;
    }
    boolean alreadyFrozen = freezeTrigger.hasSelected(entry.environment());
    if (!alreadyFrozen && killTrigger.trySelect(subject, entry, clock.elapsed())) {
      ExecutionEnvironment environment = environments.get(entry.environment());
      environment.kill();
      killTrigger.complete(
          new InjectedFault(
              subject, entry, environment.terminatedAt(), environment.terminatedAt()));
    } else if (freezeTrigger.trySelect(subject, entry, clock.elapsed())) {
      Instant now = clock.time().wallTime();
      environments.get(entry.environment()).freeze();
      freezeTrigger.complete(new InjectedFault(subject, entry, now, now));
    }
  }

  /**
   * Returns whether another attempt has started. The start entry of the frozen attempt is the last
   * one before the freeze, so that any later start entry belongs to another attempt.
   */
  private boolean isTakenOver(InjectedFault frozen) {
    return entries(frozen)
        .dropWhile(entry -> !entry.equals(frozen.startEntry()))
        .skip(1)
        .anyMatch(entry -> entry.kind() == Kind.START);
  }

  private boolean hasEnded(InjectedFault frozen) {
    return entries(frozen)
        .anyMatch(
            entry ->
                entry.kind() != Kind.START
                    && entry.attemptId().equals(frozen.startEntry().attemptId()));
  }

  private Stream<LedgerEntry> entries(InjectedFault fault) {
    return ledgerEntries.stream()
        .filter(subjectEntry -> subjectEntry.subject().equals(fault.subject()))
        .map(SubjectEntry::entry);
  }
}
