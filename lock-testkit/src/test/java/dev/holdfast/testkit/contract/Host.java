package dev.holdfast.testkit.contract;

import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.Completion;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.Holder;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.Locks;

/** One host's view of a table: its own locks, with their own memory and clock. */
record Host(Locks locks) {
  HeldLock wins(String name) {
    return wins(LockRequest.of(name));
  }

  HeldLock wins(LockRequest request) {
    return locks
        .tryAcquire(request)
        .fold(
            lock -> lock,
            busy -> {
              throw new AssertionError("must be acquired, was " + busy);
            },
            done -> {
              throw new AssertionError("must be acquired, was " + done);
            });
  }

  Holder findsBusy(String name) {
    Acquisition acquisition = locks.tryAcquire(name);
    if (acquisition instanceof Acquisition.Busy busy) {
      return busy.holder();
    }
    throw new AssertionError("must be busy, was " + acquisition);
  }

  Completion findsDone(String name) {
    Acquisition acquisition = locks.tryAcquire(name);
    if (acquisition instanceof Acquisition.Done done) {
      return done.completion();
    }
    throw new AssertionError("must be done, was " + acquisition);
  }
}
