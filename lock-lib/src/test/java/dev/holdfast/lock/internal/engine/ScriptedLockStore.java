package dev.holdfast.lock.internal.engine;

import dev.holdfast.lock.LockTableException;
import dev.holdfast.lock.internal.protocol.CallTimeouts;
import dev.holdfast.lock.internal.protocol.HolderInfo;
import dev.holdfast.lock.internal.protocol.IdempotencyData;
import dev.holdfast.lock.internal.protocol.LockRow;
import dev.holdfast.lock.internal.protocol.LockStore;
import dev.holdfast.lock.internal.protocol.Reply;
import dev.holdfast.lock.internal.protocol.RowSnapshot;
import dev.holdfast.lock.internal.protocol.RowState;
import dev.holdfast.lock.internal.protocol.RowVersion;
import dev.holdfast.lock.internal.protocol.Write;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lock store with scripted replies. A write without a scripted reply applies to no row. */
public final class ScriptedLockStore implements LockStore {
  private final Deque<Function<Write, Reply>> script = new ArrayDeque<>();
  private final List<Write> writes = new ArrayList<>();
  private final List<CallTimeouts> allTimeouts = new ArrayList<>();
  private Function<Write, Reply> afterScript =
      write -> new Reply.Applied(new RowSnapshot.NoRow(), false);
  private @Nullable Long serverMillis;

  ScriptedLockStore thenReplies(Function<Write, Reply> reply) {
    script.add(reply);
    return this;
  }

  ScriptedLockStore thenApplies() {
    return thenReplies(write -> new Reply.Applied(new RowSnapshot.NoRow(), false));
  }

  public ScriptedLockStore thenRejects(Function<Write, RowSnapshot> row) {
    return thenReplies(write -> new Reply.Rejected(row.apply(write)));
  }

  ScriptedLockStore thenFails(Reply.FailureKind kind, boolean mayHaveApplied) {
    return thenReplies(write -> failure(kind, mayHaveApplied));
  }

  /** Fails each write after the script in the same way. */
  ScriptedLockStore alwaysFails(Reply.FailureKind kind, boolean mayHaveApplied) {
    afterScript = write -> failure(kind, mayHaveApplied);
    return this;
  }

  private static Reply failure(Reply.FailureKind kind, boolean mayHaveApplied) {
    return new Reply.Failed(kind, mayHaveApplied, new LockTableException("scripted failure", null));
  }

  /** Returns a row of another owner with the same name. */
  public static LockRow otherRow(Write write, RowState state) {
    LockRow own = write.row();
    return new LockRow(
        own.name(),
        state,
        new RowVersion("theirs", own.version().token() - 1, 0),
        own.leaseTerm(),
        new HolderInfo("other host", "event-9", 1_000, IdempotencyData.NONE));
  }

  @Override
  public TimedReply send(Write write, CallTimeouts timeouts) {
    writes.add(write);
    allTimeouts.add(timeouts);
    Function<Write, Reply> next = script.poll();
    Reply reply = (next == null ? afterScript : next).apply(write);
    return new TimedReply(reply, serverMillis);
  }

  /** Sets the server time of all later replies. */
  ScriptedLockStore withServerTime(Instant serverTime) {
    serverMillis = serverTime.truncatedTo(ChronoUnit.SECONDS).toEpochMilli();
    return this;
  }

  @Override
  public String tableName() {
    return "scripted";
  }

  public List<Write> writes() {
    return writes;
  }

  public Write lastWrite() {
    return writes.get(writes.size() - 1);
  }

  CallTimeouts lastTimeouts() {
    return allTimeouts.get(allTimeouts.size() - 1);
  }
}
