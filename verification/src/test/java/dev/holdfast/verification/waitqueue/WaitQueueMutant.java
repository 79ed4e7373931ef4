package dev.holdfast.verification.waitqueue;

import dev.holdfast.verification.engine.InstrumentedWaitQueues.Mutation;

/** The shipped wait queue, and mutants with one defect each. */
enum WaitQueueMutant {
  /** The shipped wait queue. */
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

  /** Returns the mutation of the queue itself. */
  Mutation mutation() {
    return mutation;
  }
}
