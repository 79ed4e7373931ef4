package dev.holdfast.testkit.simulation;

import dev.holdfast.testkit.ManualTime;
import dev.holdfast.testkit.Story;
import java.util.function.Supplier;

/** Tells a story by the true time. */
record Telling(Story story, ManualTime truth) {
  void tell(Supplier<String> what) {
    story.tell(truth, what);
  }
}
