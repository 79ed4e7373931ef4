package dev.holdfast.verification.simulation;

import dev.holdfast.testkit.ManualClock;
import dev.holdfast.verification.support.Trace;
import java.util.function.Supplier;

/** Tells a story by the true time. */
record TimedTrace(Trace trace, ManualClock trueTime) {
  void log(Supplier<String> message) {
    trace.log(trueTime, message);
  }
}
