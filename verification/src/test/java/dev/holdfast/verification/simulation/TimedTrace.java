package dev.holdfast.verification.simulation;

import dev.holdfast.testkit.ManualClock;
import dev.holdfast.verification.support.Trace;
import java.util.function.Supplier;

/** Trace with the true time of each step. */
record TimedTrace(Trace trace, ManualClock trueTime) {
  void log(Supplier<String> message) {
    trace.log(trueTime, message);
  }
}
