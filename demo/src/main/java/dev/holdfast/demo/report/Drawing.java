package dev.holdfast.demo.report;

import dev.holdfast.demo.cloud.Handling;
import dev.holdfast.demo.cloud.Mishap;
import dev.holdfast.demo.cloud.SandboxLife;
import dev.holdfast.demo.judge.Attempt;
import dev.holdfast.demo.judge.Overlap;
import dev.holdfast.demo.judge.Verdict;
import dev.holdfast.demo.report.Panel.Pill;
import dev.holdfast.demo.run.Run;
import dev.holdfast.demo.run.Variant;
import dev.holdfast.demo.words.Seconds;
import dev.holdfast.demo.words.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Turns a run into lanes and bars. */
final class Drawing {
  private static final int TOP = 6;
  private static final int AXIS = 28;

  private final Run run;
  private final Scale scale;
  private final Map<String, Lane> lanes;
  private final Set<Attempt> overlapping;
  private final Set<Attempt> again;

  private Drawing(Run run, Scale scale) {
    this.run = run;
    this.scale = scale;
    lanes = lanes(run.sandboxes(), scale);
    Verdict verdict = run.verdict();
    overlapping =
        verdict.overlaps().stream()
            .flatMap((Overlap overlap) -> Stream.of(overlap.first(), overlap.second()))
            .collect(Collectors.toSet());
    again = Set.copyOf(verdict.doneAgain());
  }

  static Panel of(Run run, Duration longest) {
    return new Drawing(run, Scale.of(run, longest)).panel();
  }

  private Panel panel() {
    Notes notes = new Notes(run, scale, lanes);
    return new Panel(
        run.variant().title(),
        run.verdict().faults().isEmpty(),
        pills(),
        TOP + lanes.size() * Lane.PITCH + AXIS,
        scale.ticks(),
        List.copyOf(lanes.values()),
        run.handlings().stream().map(this::invocation).toList(),
        work(),
        notes.all(),
        notes.cross(),
        takeOver());
  }

  private static Map<String, Lane> lanes(List<SandboxLife> sandboxes, Scale scale) {
    List<SandboxLife> sorted =
        sandboxes.stream().sorted(Comparator.comparing(Drawing::laneOrder)).toList();
    Map<String, Lane> lanes = new LinkedHashMap<>();
    for (SandboxLife life : sorted) {
      int y = TOP + lanes.size() * Lane.PITCH;
      double width = scale.width(life.ready(), life.end());
      lanes.put(life.name(), new Lane(life, y, scale.x(life.ready()), width));
    }
    return lanes;
  }

  /** Sandboxes for orders first, then those for reports, each by number. */
  private static String laneOrder(SandboxLife life) {
    int dash = life.name().indexOf('-');
    String function = life.name().startsWith("sandbox") ? "1" : "2";
    return function + Text.of("%3s", life.name().substring(dash + 1));
  }

  private List<Pill> pills() {
    Verdict verdict = run.verdict();
    return List.of(
        pill(verdict.overlaps().size(), "overlaps", "overlap"),
        pill(verdict.doneAgain().size(), "steps done twice", "again"),
        pill(verdict.lost().size(), "messages lost", "lost"));
  }

  private static Pill pill(int number, String what, String kind) {
    return new Pill(Integer.toString(number), what, number == 0 ? "none" : kind);
  }

  private Bar invocation(Handling handling) {
    Lane lane = lane(handling.sandbox());
    String title =
        Text.of(
            "%s, %s: invocation of %s with %d in its batch",
            handling.sandbox(),
            Seconds.of(Duration.between(run.start(), handling.from())),
            Seconds.of(Duration.between(handling.from(), handling.to())),
            handling.deliveries());
    return bar("invocation", lane, handling.from(), handling.to(), title);
  }

  /** Overlaps last, so that nothing hides them. */
  private List<Bar> work() {
    List<Bar> bars = new ArrayList<>();
    run.verdict().attempts().stream()
        .sorted(Comparator.comparing(overlapping::contains))
        .forEach(attempt -> bars.add(work(attempt)));
    Mishap frozen = run.frozen();
    Lane lane = lane(frozen.sandbox());
    bars.add(bar("frozen", lane, frozen.from(), frozen.to(), frozen.sandbox() + ": frozen"));
    return bars;
  }

  private Bar work(Attempt attempt) {
    Instant begin = attempt.begin().at();
    Instant end = end(attempt);
    String title =
        Text.of(
            "%s, %s: %s (%s), %d ms, %s",
            attempt.sandbox(),
            Seconds.of(Duration.between(run.start(), begin)),
            attempt.subject(),
            attempt.step(),
            Duration.between(begin, end).toMillis(),
            words(attempt));
    return bar(kind(attempt), lane(attempt.sandbox()), begin, end, title);
  }

  private String kind(Attempt attempt) {
    if (overlapping.contains(attempt)) {
      return "overlap";
    }
    return again.contains(attempt) ? "again" : "work";
  }

  private String words(Attempt attempt) {
    String outcome =
        switch (attempt.outcome()) {
          case DONE -> "done";
          case REFUSED -> "late, refused by the ledger";
          case DIED -> "ended by a crash";
          case NEVER_ENDED -> "never ended";
        };
    return outcome
        + (again.contains(attempt) ? ", not for the first time" : "")
        + (overlapping.contains(attempt) ? ", while another sandbox worked on it" : "");
  }

  /** From the kill to the bar of whoever took over; under a lock only that is a take-over. */
  private String takeOver() {
    return run.variant() == Variant.WITHOUT ? "" : run.takeOver().map(this::takeOver).orElse("");
  }

  private String takeOver(Attempt successor) {
    Lane dead = lane(run.killed().sandbox());
    Lane next = lane(successor.sandbox());
    boolean down = next.y() > dead.y();
    return Text.of(
        "M%s %d V%d H%s V%d",
        scale.x(run.killed().from()),
        dead.middle(),
        down ? dead.y() + Lane.PITCH : dead.y(),
        scale.x(successor.begin().at()) + 1,
        down ? next.bar() : next.bar() + Lane.BAR);
  }

  private Bar bar(String kind, Lane lane, Instant from, Instant to, String title) {
    return new Bar(kind, scale.x(from), lane.bar(), scale.width(from, to), title);
  }

  private Instant end(Attempt attempt) {
    if (attempt.begin().equals(run.frozen().begin())) {
      return run.frozen().from();
    }
    return attempt.end().isAfter(run.end()) ? run.end() : attempt.end();
  }

  private Lane lane(String sandbox) {
    Lane lane = lanes.get(sandbox);
    if (lane == null) {
      throw new IllegalArgumentException("no lane for " + sandbox);
    }
    return lane;
  }
}
