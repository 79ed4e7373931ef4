package dev.holdfast.verification.contract;

import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.Completion;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.Holder;
import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.LockRequest;

/** One host with its own lock client, observations and clock. */
record Host(LockClient lockClient) {
  HeldLock acquire(String name) {
    return acquire(LockRequest.of(name));
  }

  HeldLock acquire(LockRequest request) {
    return lockClient
        .tryAcquire(request)
        .fold(
            lock -> lock,
            busy -> {
              throw new AssertionError("must be acquired, was " + busy);
            },
            completed -> {
              throw new AssertionError("must be acquired, was " + completed);
            });
  }

  Holder expectBusy(String name) {
    Acquisition acquisition = lockClient.tryAcquire(name);
    if (acquisition instanceof Acquisition.Busy busy) {
      return busy.holder();
    }
    throw new AssertionError("must be busy, was " + acquisition);
  }

  Completion expectCompleted(String name) {
    Acquisition acquisition = lockClient.tryAcquire(name);
    if (acquisition instanceof Acquisition.Completed completed) {
      return completed.completion();
    }
    throw new AssertionError("must be done, was " + acquisition);
  }
}
