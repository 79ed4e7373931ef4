package dev.holdfast.demo.report;

import dev.holdfast.demo.checker.Attempt;
import dev.holdfast.demo.checker.CheckResult.Overlap;
import dev.holdfast.demo.format.TextFormat;
import dev.holdfast.demo.report.Timeline.Bar;
import dev.holdfast.demo.run.RunResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Builds the bars of the attempts of a run.
 *
 * @param run the run
 * @param overlapping the attempts that overlap another one
 * @param duplicates the attempts that completed a step which had been completed before
 */
record AttemptBars(RunResult run, Set<Attempt> overlapping, Set<Attempt> duplicates) {

  static AttemptBars of(RunResult run) {
    Set<Attempt> overlapping =
        run.checkResult().overlaps().stream()
            .flatMap((Overlap overlap) -> Stream.of(overlap.first(), overlap.second()))
            .collect(Collectors.toSet());
    return new AttemptBars(run, overlapping, Set.copyOf(run.checkResult().duplicates()));
  }

  Bar bar(Attempt attempt, TimeScale scale, int y) {
    Instant startedAt = attempt.startEntry().timestamp();
    Instant endedAt = drawnEnd(attempt);
    String title =
        TextFormat.format(
            "%s, %s: %s (%s), %d ms, %s",
            attempt.environment(),
            TextFormat.seconds(Duration.between(run.startedAt(), startedAt)),
            attempt.subject(),
            attempt.step(),
            Duration.between(startedAt, endedAt).toMillis(),
            describeOutcome(attempt));
    return new Bar(
        cssClass(attempt), scale.x(startedAt), y, scale.width(startedAt, endedAt), title);
  }

  /** Returns the end of the bar. A frozen environment does not work. */
  Instant drawnEnd(Attempt attempt) {
    if (attempt.startEntry().equals(run.frozen().startEntry())) {
      return run.frozen().startedAt();
    }
    return attempt.endedAt().isAfter(run.endedAt()) ? run.endedAt() : attempt.endedAt();
  }

  private String cssClass(Attempt attempt) {
    if (overlapping.contains(attempt)) {
      return "overlap";
    }
    return duplicates.contains(attempt) ? "duplicate" : "work";
  }

  private String describeOutcome(Attempt attempt) {
    String outcome =
        switch (attempt.outcome()) {
          case COMPLETED -> "completed";
          case REJECTED -> "late write rejected by the ledger";
          case CRASHED -> "crashed";
          case UNFINISHED -> "never ended";
        };
    return outcome
        + (duplicates.contains(attempt) ? ", a duplicate" : "")
        + (overlapping.contains(attempt) ? ", while another environment worked on the order" : "");
  }
}
