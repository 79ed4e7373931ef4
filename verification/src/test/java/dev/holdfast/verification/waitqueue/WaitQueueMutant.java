package dev.holdfast.verification.waitqueue;

import dev.holdfast.verification.engine.InstrumentedWaitQueues.Mutation;

/** How threads of one host wait for each other: as it ships, or wrong in one place. */
enum WaitQueueMutant {
  /** As it ships. */
  NONE(Mutation.NONE),
  NO_WAKEUP_AFTER_HOLD(Mutation.NO_WAKEUP_AFTER_HOLD),
  NO_WAKEUP_AFTER_REMOVAL(Mutation.NO_WAKEUP_AFTER_REMOVAL),
  EVERY_WAITER_ATTEMPTS(Mutation.EVERY_WAITER_ATTEMPTS),
  REMOVAL_IGNORED(Mutation.REMOVAL_IGNORED),
  HOLD_NOT_RECORDED(Mutation.HOLD_NOT_RECORDED),
  RENEWAL_NOT_RECORDED(Mutation.RENEWAL_NOT_RECORDED),
  NEVER_YIELDS(Mutation.NEVER_YIELDS),
  SIGNALS_IGNORED(Mutation.NONE),
  INTERRUPTS_SWALLOWED(Mutation.NONE);

  private final Mutation mutation;

  WaitQueueMutant(Mutation mutation) {
    this.mutation = mutation;
  }

  /** What is bent in the line itself. */
  Mutation mutation() {
    return mutation;
  }
}
