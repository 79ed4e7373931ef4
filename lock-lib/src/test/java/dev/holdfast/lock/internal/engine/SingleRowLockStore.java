package dev.holdfast.lock.internal.engine;

import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.internal.protocol.CallTimeouts;
import dev.holdfast.lock.internal.protocol.Hold;
import dev.holdfast.lock.internal.protocol.LockRow;
import dev.holdfast.lock.internal.protocol.LockStore;
import dev.holdfast.lock.internal.protocol.Reply;
import dev.holdfast.lock.internal.protocol.RowSnapshot;
import dev.holdfast.lock.internal.protocol.Write;
import org.jspecify.annotations.Nullable;

/** Lock store with one row. Its nonce identifies the owner, and its lease never expires. */
final class SingleRowLockStore implements LockStore {
  private @Nullable LockRow row;

  /** Acquires a lock in a table of its own. Its lease never expires. */
  static HeldLock acquire(String name) {
    LockClient client =
        DefaultLockClient.withRandomSource(
            DefaultLockClient.create(new SingleRowLockStore())
                .withTimeSource(new FixedTimeSource()),
            new SequentialRandomSource());
    LockRequest request = LockRequest.of(name).holder("this test");
    return ((Acquisition.Acquired) client.tryAcquire(request)).lock();
  }

  /** Returns the hold of a lock in a table of its own. Its lease never expires. */
  static Hold hold(String name) {
    return ((DefaultHeldLock) acquire(name)).lifecycle().hold();
  }

  @Override
  public synchronized TimedReply send(Write write, CallTimeouts timeouts) {
    LockRow before = row;
    RowSnapshot snapshot = before == null ? new RowSnapshot.NoRow() : before;
    boolean applies = write instanceof Write.Acquire ? before == null : isOwnedBy(write, before);
    if (applies) {
      row = keepsRow(write) ? write.row() : null;
    }
    Reply reply =
        applies ? new Reply.Applied(snapshot, false) : new Reply.Rejected(snapshot, false);
    return new TimedReply(reply, null);
  }

  private static boolean isOwnedBy(Write write, @Nullable LockRow row) {
    return row != null && row.version().nonce().equals(write.row().version().nonce());
  }

  private static boolean keepsRow(Write write) {
    return write instanceof Write.Acquire || write instanceof Write.Renew;
  }

  @Override
  public String tableName() {
    return "one-row";
  }
}
