package dev.holdfast.lock;

import dev.holdfast.lock.protocol.CallBudget;
import dev.holdfast.lock.protocol.LockRow;
import dev.holdfast.lock.protocol.Reply;
import dev.holdfast.lock.protocol.Seen;
import dev.holdfast.lock.protocol.Table;
import dev.holdfast.lock.protocol.Write;
import org.jspecify.annotations.Nullable;

/** A table for one lock: who has it is known by its nonce, and no lease ends. */
final class OneRow implements Table {
  private @Nullable LockRow row;

  /** A lock on a table of its own, whose lease never ends. */
  static HeldLock acquired(String name) {
    Locks locks = Locks.on(new OneRow()).withTime(new StillTime()).withDraws(new CountedDraws());
    LockRequest request = LockRequest.of(name).holder("this test");
    return ((Acquisition.Acquired) locks.tryAcquire(request)).lock();
  }

  @Override
  public synchronized Answer send(Write write, CallBudget budget) {
    LockRow before = row;
    Seen seen = before == null ? new Seen.NoRow() : before;
    boolean applies = write instanceof Write.Acquire ? before == null : isOf(write, before);
    if (applies) {
      row = keeps(write) ? write.row() : null;
    }
    Reply reply = applies ? new Reply.Applied(seen, false) : new Reply.Refused(seen, false);
    return new Answer(reply, null);
  }

  private static boolean isOf(Write write, @Nullable LockRow row) {
    return row != null && row.stamp().nonce().equals(write.row().stamp().nonce());
  }

  private static boolean keeps(Write write) {
    return write instanceof Write.Acquire || write instanceof Write.Renew;
  }

  @Override
  public String name() {
    return "one-row";
  }
}
