package dev.holdfast.lock.internal.engine;

import dev.holdfast.lock.internal.protocol.CallTimeouts;
import dev.holdfast.lock.internal.protocol.LockStore;
import dev.holdfast.lock.internal.protocol.Reply;
import dev.holdfast.lock.internal.protocol.Write;

/** A table that counts what it refuses to the one thread that acquires by it. */
final class CountingLockStore implements LockStore {
  private final LockStore delegate;
  private int rejectedAttempts;

  CountingLockStore(LockStore delegate) {
    this.delegate = delegate;
  }

  @Override
  public TimedReply send(Write write, CallTimeouts budget) {
    TimedReply answer = delegate.send(write, budget);
    if (write instanceof Write.Acquire && answer.reply() instanceof Reply.Rejected) {
      rejectedAttempts++;
    }
    return answer;
  }

  @Override
  public String tableName() {
    return delegate.tableName();
  }

  int drainRejectedAttempts() {
    int count = rejectedAttempts;
    rejectedAttempts = 0;
    return count;
  }
}
