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
 * Kills one sandbox and freezes another one, each in the middle of its work for sure: it strikes
 * between the moment at which the ledger takes the beginning of a piece of work and the moment at
 * which the sandbox is told so.
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

  /** An entry of the ledger. */
  private record SubjectEntry(String subject, LedgerEntry entry) {}

  /**
   * Nothing has happened yet.
   *
   * @param workload what the run is fed with
   * @param environments whom to strike
   * @param clock the run's clock
   * @param reporter who is told
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
   * Begins to look for work to strike into.
   *
   * @param proxy what the functions' requests pass
   * @param ledgerTable where they say what they begin and end
   */
  public void attachTo(DynamoDbProxy proxy, String ledgerTable) {
    proxy.addListener(new LedgerListener(ledgerTable, this::onLedgerEntry));
  }

  /**
   * Waits until a sandbox was killed with signal 9.
   *
   * @return what was killed
   * @throws InterruptedException if the thread is interrupted
   */
  public InjectedFault awaitKill() throws InterruptedException {
    InjectedFault killed = killTrigger.await(clock);
    report("killed", killed);
    return killed;
  }

  /**
   * Waits until a sandbox was frozen, for longer than a lease and until another one has begun to
   * work on its order, and lets it go on then.
   *
   * @return what was frozen
   * @throws InterruptedException if the thread is interrupted
   */
  public InjectedFault awaitFreeze() throws InterruptedException {
    InjectedFault frozen = freezeTrigger.await(clock);
    report("frozen", frozen);
    clock.sleepUntil(clock.elapsed().plus(MIN_FREEZE_DURATION));
    clock.waitUntil(() -> isTakenOver(frozen), clock.elapsed().plus(TAKEOVER_TIMEOUT));
    Instant endedAt = clock.time().wallTime();
    environments.get(frozen.environment()).thaw();
    reporter.accept(
        TextFormat.seconds(clock.elapsed()) + ": " + frozen.environment() + " resumes");
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

  /** The frozen one's own beginning is the last one before it, so a later one is another's. */
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
