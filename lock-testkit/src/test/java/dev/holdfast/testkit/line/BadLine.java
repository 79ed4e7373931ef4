package dev.holdfast.testkit.line;

import dev.holdfast.lock.WatchedLines.Rule;

/** How threads of one host wait for each other: as it ships, or wrong in one place. */
enum BadLine {
  /** As it ships. */
  NONE(Rule.AS_SHIPPED),
  END_WAKES_NOBODY(Rule.END_WAKES_NOBODY),
  LEAVING_WAKES_NOBODY(Rule.LEAVING_WAKES_NOBODY),
  EVERYBODY_ASKS(Rule.EVERYBODY_ASKS),
  NOBODY_LEAVES(Rule.NOBODY_LEAVES),
  HOLD_IS_NOT_NOTED(Rule.HOLD_IS_NOT_NOTED),
  RENEWAL_IS_NOT_NOTED(Rule.RENEWAL_IS_NOT_NOTED),
  NOBODY_RESTS(Rule.NOBODY_RESTS),
  WAITS_WHATEVER_HAPPENS(Rule.AS_SHIPPED),
  SWALLOWS_INTERRUPTS(Rule.AS_SHIPPED);

  private final Rule rule;

  BadLine(Rule rule) {
    this.rule = rule;
  }

  /** What is bent in the line itself. */
  Rule rule() {
    return rule;
  }
}
