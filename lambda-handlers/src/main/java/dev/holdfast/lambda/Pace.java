package dev.holdfast.lambda;

import java.time.Duration;

/** The longest that a piece of work took in this invocation: the next may need as long. */
final class Pace {
  private Duration longest = Duration.ZERO;

  /** The gate through which only work passes that fits. */
  Gate at(Gate gate) {
    return gate.needingAtLeast(longest);
  }

  void took(Duration time) {
    longest = time.compareTo(longest) > 0 ? time : longest;
  }
}
