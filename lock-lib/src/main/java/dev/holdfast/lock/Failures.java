package dev.holdfast.lock;

import dev.holdfast.lock.protocol.Step;

/** The exception for an attempt that ended without an answer to "who has the lock". */
final class Failures {

  private Failures() {}

  static RuntimeException of(Step.Outcome outcome) {
    String name = outcome.ended().claim().name();
    if (outcome instanceof Step.Foreign foreign) {
      return new ForeignRowException(name, foreign.reason());
    }
    if (outcome instanceof Step.Failed failed) {
      return failed.failure().error();
    }
    return answeredTooLate(name);
  }

  static RuntimeException answeredTooLate(String name) {
    return new LockTableUnreachableException(
        "lock '"
            + name
            + "' was given back: the table answered only after the lease's validity was over; use"
            + " a longer lease, or find out why answers are slow",
        null);
  }
}
