package dev.holdfast.demo.report;

import dev.holdfast.demo.cloud.Handling;
import dev.holdfast.demo.cloud.Mishap;
import dev.holdfast.demo.cloud.SandboxLife;
import dev.holdfast.demo.cloud.Writes;
import dev.holdfast.demo.judge.Entry;
import dev.holdfast.demo.judge.Entry.Kind;
import dev.holdfast.demo.judge.History;
import dev.holdfast.demo.judge.Judge;
import dev.holdfast.demo.plan.Plan;
import dev.holdfast.demo.plan.PlannedMessage;
import dev.holdfast.demo.plan.PlannedWork;
import dev.holdfast.demo.plan.Redelivery;
import dev.holdfast.demo.run.Run;
import dev.holdfast.demo.run.Variant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Small runs, written by hand: s1 is killed at 1 s, s2 frozen from 2 s to 8 s. */
final class Runs {
  private static final PlannedWork PAY = work("order-<1>", "pay");
  private static final PlannedWork PACK = work("order-2", "pack");

  private Runs() {}

  /** The killed one's step is done by s3 at 6 s, the frozen one's by s3 at 7 s. */
  static Run with() {
    return run(
        Variant.WITH,
        history(
            PAY,
            entry(Kind.BEGIN, 990, "s1", "a", "pay"),
            entry(Kind.BEGIN, 6_000, "s3", "b", "pay"),
            entry(Kind.END, 6_100, "s3", "b", "pay")),
        history(
            PACK,
            entry(Kind.BEGIN, 1_990, "s2", "c", "pack"),
            entry(Kind.BEGIN, 7_000, "s3", "d", "pack"),
            entry(Kind.END, 7_100, "s3", "d", "pack"),
            entry(Kind.REFUSED, 8_010, "s2", "c", "pack")));
  }

  /** As {@link #with()}, but the frozen one's late write goes through. */
  static Run without() {
    return run(
        Variant.WITHOUT,
        history(
            PAY,
            entry(Kind.BEGIN, 990, "s1", "a", "pay"),
            entry(Kind.BEGIN, 6_000, "s3", "b", "pay"),
            entry(Kind.END, 6_100, "s3", "b", "pay")),
        history(
            PACK,
            entry(Kind.BEGIN, 1_990, "s2", "c", "pack"),
            entry(Kind.BEGIN, 7_000, "s3", "d", "pack"),
            entry(Kind.END, 7_100, "s3", "d", "pack"),
            entry(Kind.END, 8_010, "s2", "c", "pack")));
  }

  private static Run run(Variant variant, History killed, History frozen) {
    Map<String, Instant> ends = Map.of("s1", at(1_000), "s2", at(8_700), "s3", at(20_000));
    Judge judge = new Judge(List.of(PAY, PACK), ends, Map.of("s2", at(2_000)));
    return new Run(
        variant,
        new Plan(1, List.of(message(PAY), message(PACK)), List.of()),
        at(0),
        at(20_000),
        List.of(new Handling("s3", at(5_000), at(6_200), 1)),
        List.of(life("s1", 1_000), life("s2", 8_700), life("s3", 20_000)),
        mishap(killed, 1_000, 1_000),
        mishap(frozen, 2_000, 8_000),
        new Writes(7, 2, 1, 8),
        judge.verdict(List.of(killed, frozen)));
  }

  private static Mishap mishap(History history, long from, long to) {
    return new Mishap(history.subject(), history.entries().get(0), at(from), at(to));
  }

  private static SandboxLife life(String name, long end) {
    return new SandboxLife(name, at(-100), at(end));
  }

  private static History history(PlannedWork work, Entry... entries) {
    return new History(work.subject(), List.of(entries));
  }

  private static Entry entry(Kind kind, long at, String sandbox, String attempt, String step) {
    return new Entry(kind, attempt, step, sandbox, at(at));
  }

  private static PlannedMessage message(PlannedWork work) {
    return new PlannedMessage(work, 1, Duration.ZERO, Redelivery.AFTER_HANDLED);
  }

  private static PlannedWork work(String subject, String step) {
    return new PlannedWork(subject, step, "id-" + step, Duration.ofMillis(100));
  }

  private static Instant at(long millis) {
    return Instant.ofEpochMilli(1_000_000 + millis);
  }
}
