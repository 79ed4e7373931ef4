package dev.holdfast.testkit.simulation;

import dev.holdfast.testkit.ManualTime;
import dev.holdfast.testkit.history.History;
import dev.holdfast.testkit.history.Said;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What hosts said in a schedule, for the checker of histories, in an order without ties. */
final class Records {
  private final ManualTime truth;
  private final List<Said> said = new ArrayList<>();
  private final Map<String, Long> registers = new HashMap<>();
  private long last;

  Records(ManualTime truth) {
    this.truth = truth;
  }

  /** The true time in microseconds, or just after what was asked for last. */
  long next() {
    last = Math.max(last + 1, micros());
    return last;
  }

  /** The true time. */
  long micros() {
    return truth.monotonicNanos() / 1_000;
  }

  void add(Said each) {
    said.add(each);
  }

  void counts(String register, long value) {
    registers.put(register, value);
  }

  /** Asked once, at the end. */
  void check(List<Grant> grants, boolean judgesHolders) {
    for (Grant grant : grants) {
      grant.addTo(said, judgesHolders);
    }
    List<String> wrong = new History(said, registers).wrong();
    Judge.require(wrong.isEmpty(), "a history that cannot be true", wrong);
  }
}
