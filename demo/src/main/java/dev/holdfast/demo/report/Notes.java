package dev.holdfast.demo.report;

import dev.holdfast.demo.cloud.Mishap;
import dev.holdfast.demo.judge.Attempt;
import dev.holdfast.demo.judge.Attempt.Outcome;
import dev.holdfast.demo.report.Panel.Note;
import dev.holdfast.demo.run.Run;
import dev.holdfast.demo.run.Variant;
import dev.holdfast.demo.words.Seconds;
import dev.holdfast.demo.words.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What befell sandboxes, written into their lanes.
 *
 * @param run the run
 * @param scale where moments are
 * @param lanes the lanes by sandbox
 */
record Notes(Run run, Scale scale, Map<String, Lane> lanes) {
  private static final int GAP = 8;
  private static final int BASELINE = 15;
  private static final int CROSS = 5;
  private static final int ROOM = 170;

  List<Note> all() {
    Mishap killed = run.killed();
    Mishap frozen = run.frozen();
    return List.of(
        note("killed", killed, killed.from(), "killed in " + work(killed) + takeOver()),
        note("ice", frozen, frozen.from(), "frozen in " + work(frozen)),
        lateWrite(frozen));
  }

  /** Beside the end of the freeze: after it where there is room, else before it. */
  private Note lateWrite(Mishap frozen) {
    boolean refused = run.frozenOutcome() == Outcome.REFUSED;
    String text = "its late write " + (refused ? "is refused" : "goes through");
    Note after = note(refused ? "refused" : "late", frozen, frozen.to(), text);
    return after.x() + ROOM < Scale.LEFT + Scale.WIDTH
        ? after
        : new Note(after.kind() + " before", after.x() - 2 * GAP, after.y(), text);
  }

  /** A cross where the kill happened. */
  String cross() {
    double x = scale.x(run.killed().from());
    int y = lane(run.killed()).middle();
    return Text.of(
        "M%s %d L%s %d M%s %d L%s %d",
        x - CROSS, y - CROSS, x + CROSS, y + CROSS, x - CROSS, y + CROSS, x + CROSS, y - CROSS);
  }

  private Note note(String kind, Mishap mishap, Instant at, String text) {
    return new Note(kind, scale.x(at) + GAP, lane(mishap).y() + BASELINE, text);
  }

  private static String work(Mishap mishap) {
    return mishap.subject() + " (" + mishap.begin().step() + ")";
  }

  private String takeOver() {
    return run.variant() == Variant.WITHOUT ? "" : run.takeOver().map(this::takeOver).orElse("");
  }

  private String takeOver(Attempt successor) {
    Duration after = Duration.between(run.killed().from(), successor.begin().at());
    return ", taken over " + Seconds.of(after) + " later";
  }

  private Lane lane(Mishap mishap) {
    Lane lane = lanes.get(mishap.sandbox());
    if (lane == null) {
      throw new IllegalArgumentException("no lane for " + mishap.sandbox());
    }
    return lane;
  }
}
