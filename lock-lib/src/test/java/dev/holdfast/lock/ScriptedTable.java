package dev.holdfast.lock;

import dev.holdfast.lock.protocol.CallBudget;
import dev.holdfast.lock.protocol.Claimant;
import dev.holdfast.lock.protocol.LockRow;
import dev.holdfast.lock.protocol.Memo;
import dev.holdfast.lock.protocol.Reply;
import dev.holdfast.lock.protocol.RowState;
import dev.holdfast.lock.protocol.Seen;
import dev.holdfast.lock.protocol.Stamp;
import dev.holdfast.lock.protocol.Table;
import dev.holdfast.lock.protocol.Write;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A table whose replies are told beforehand; unless told, every write applies to no row. */
final class ScriptedTable implements Table {
  private final Deque<Function<Write, Reply>> script = new ArrayDeque<>();
  private final List<Write> sent = new ArrayList<>();
  private final List<CallBudget> budgets = new ArrayList<>();
  private @Nullable Long serverMillis;

  ScriptedTable then(Function<Write, Reply> reply) {
    script.add(reply);
    return this;
  }

  ScriptedTable thenApplies() {
    return then(write -> new Reply.Applied(new Seen.NoRow(), false));
  }

  ScriptedTable thenRefuses(Function<Write, Seen> row) {
    return then(write -> new Reply.Refused(row.apply(write)));
  }

  ScriptedTable thenFails(Reply.Fault fault, boolean mayHaveApplied) {
    return then(write -> failure(fault, mayHaveApplied));
  }

  private static Reply failure(Reply.Fault fault, boolean mayHaveApplied) {
    return new Reply.Failed(fault, mayHaveApplied, new LockTableException("told to fail", null));
  }

  /** The row that somebody else holds under the same name. */
  static LockRow others(Write write, RowState state) {
    LockRow mine = write.row();
    return new LockRow(
        mine.name(),
        state,
        new Stamp("theirs", mine.stamp().token() - 1, 0),
        mine.term(),
        new Claimant("other host", "event-9", 1_000, Memo.NONE));
  }

  @Override
  public Answer send(Write write, CallBudget budget) {
    sent.add(write);
    budgets.add(budget);
    Function<Write, Reply> script = this.script.poll();
    Reply reply = script == null ? new Reply.Applied(new Seen.NoRow(), false) : script.apply(write);
    return new Answer(reply, serverMillis);
  }

  /** From now on, replies show this time. */
  ScriptedTable shows(Instant time) {
    serverMillis = time.truncatedTo(ChronoUnit.SECONDS).toEpochMilli();
    return this;
  }

  @Override
  public String name() {
    return "scripted";
  }

  List<Write> sent() {
    return sent;
  }

  Write last() {
    return sent.get(sent.size() - 1);
  }

  CallBudget lastBudget() {
    return budgets.get(budgets.size() - 1);
  }
}
