package dev.holdfast.demo.report;

import dev.holdfast.demo.aws.EnvironmentLifetime;
import dev.holdfast.demo.aws.InvocationRecord;
import dev.holdfast.demo.checker.History;
import dev.holdfast.demo.checker.LedgerChecker;
import dev.holdfast.demo.checker.LedgerEntry;
import dev.holdfast.demo.checker.LedgerEntry.Kind;
import dev.holdfast.demo.dynamodb.WriteCounter.WriteCounts;
import dev.holdfast.demo.faults.InjectedFault;
import dev.holdfast.demo.run.RunResult;
import dev.holdfast.demo.run.Variant;
import dev.holdfast.demo.workload.WorkItem;
import dev.holdfast.demo.workload.Workload;
import dev.holdfast.demo.workload.WorkloadMessage;
import dev.holdfast.demo.workload.WorkloadMessage.Redelivery;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Small hand-written runs. s1 is killed at 1 s, and s2 is frozen from 2 s to 8 s. Before that, s1
 * and s3 work on order-3.
 */
final class SampleRuns {
  private static final WorkItem PAY = workItem("order-<1>", "pay");
  private static final WorkItem PACK = workItem("order-2", "pack");
  private static final WorkItem RESERVE = workItem("order-3", "reserve");
  private static final WorkItem SHIP = workItem("order-3", "ship");

  private SampleRuns() {}

  /** Returns a run in which s3 completes the killed step at 6 s and the frozen step at 7 s. */
  static RunResult guarded() {
    return run(
        Variant.GUARDED,
        history(
            PAY,
            entry(Kind.START, 990, "s1", "a", "pay"),
            entry(Kind.START, 6_000, "s3", "b", "pay"),
            entry(Kind.END, 6_100, "s3", "b", "pay")),
        history(
            PACK,
            entry(Kind.START, 1_990, "s2", "c", "pack"),
            entry(Kind.START, 7_000, "s3", "d", "pack"),
            entry(Kind.END, 7_100, "s3", "d", "pack"),
            entry(Kind.REJECTED, 8_010, "s2", "c", "pack")),
        history(
            RESERVE,
            entry(Kind.START, 500, "s1", "e", "reserve"),
            entry(Kind.END, 700, "s1", "e", "reserve"),
            entry(Kind.START, 720, "s3", "f", "ship"),
            entry(Kind.END, 920, "s3", "f", "ship")));
  }

  /**
   * Returns the run of {@link #guarded()}, except that the ledger accepts the late write and that
   * s3 does not wait for s1.
   */
  static RunResult unguarded() {
    return run(
        Variant.UNGUARDED,
        history(
            PAY,
            entry(Kind.START, 990, "s1", "a", "pay"),
            entry(Kind.START, 6_000, "s3", "b", "pay"),
            entry(Kind.END, 6_100, "s3", "b", "pay")),
        history(
            PACK,
            entry(Kind.START, 1_990, "s2", "c", "pack"),
            entry(Kind.START, 7_000, "s3", "d", "pack"),
            entry(Kind.END, 7_100, "s3", "d", "pack"),
            entry(Kind.END, 8_010, "s2", "c", "pack")),
        history(
            RESERVE,
            entry(Kind.START, 500, "s1", "e", "reserve"),
            entry(Kind.START, 600, "s3", "f", "ship"),
            entry(Kind.END, 700, "s1", "e", "reserve"),
            entry(Kind.END, 800, "s3", "f", "ship")));
  }

  private static RunResult run(Variant variant, History killed, History frozen, History handoff) {
    Map<String, Instant> terminationTimes =
        Map.of("s1", at(1_000), "s2", at(8_700), "s3", at(20_000));
    LedgerChecker checker =
        new LedgerChecker(
            List.of(PAY, PACK, RESERVE, SHIP), terminationTimes, Map.of("s2", at(2_000)));
    return new RunResult(
        variant,
        new Workload(
            1, List.of(message(PAY), message(PACK), message(RESERVE), message(SHIP)), List.of()),
        at(0),
        at(20_000),
        List.of(new InvocationRecord("s3", at(5_000), at(6_200), 1)),
        List.of(lifetime("s1", 1_000), lifetime("s2", 8_700), lifetime("s3", 20_000)),
        fault(killed, 1_000, 1_000),
        fault(frozen, 2_000, 8_000),
        new WriteCounts(7, 2, 1, 8),
        checker.check(List.of(killed, frozen, handoff)));
  }

  private static InjectedFault fault(History history, long startMillis, long endMillis) {
    return new InjectedFault(
        history.subject(), history.entries().get(0), at(startMillis), at(endMillis));
  }

  private static EnvironmentLifetime lifetime(String name, long endMillis) {
    return new EnvironmentLifetime(name, at(-100), at(endMillis));
  }

  private static History history(WorkItem workItem, LedgerEntry... entries) {
    return new History(workItem.subject(), List.of(entries));
  }

  private static LedgerEntry entry(
      Kind kind, long atMillis, String environment, String attempt, String step) {
    return new LedgerEntry(kind, attempt, step, environment, at(atMillis));
  }

  private static WorkloadMessage message(WorkItem workItem) {
    return new WorkloadMessage(workItem, 1, Duration.ZERO, Redelivery.AFTER_PROCESSING);
  }

  private static WorkItem workItem(String subject, String step) {
    return new WorkItem(subject, step, "id-" + step, Duration.ofMillis(100));
  }

  private static Instant at(long millis) {
    return Instant.ofEpochMilli(1_000_000 + millis);
  }
}
