package dev.holdfast.lock.internal.protocol;

import org.jspecify.annotations.Nullable;

/** The lock table: the one way out of the protocol. Implementations are thread-safe. */
public interface LockStore {

  /**
   * Sends one conditional write and waits for its reply.
   *
   * <p>Never throws for what the table or the way to it does: that is a {@link Reply.Failed}.
   *
   * @param write what to write, and on what condition
   * @param timeouts how long it may take
   * @return what came back
   */
  TimedReply send(Write write, CallTimeouts timeouts);

  /**
   * What came back, and when.
   *
   * @param reply what came back
   * @param serverTimeMillis the table's own clock when it answered, in epoch milliseconds and
   *     rounded down to a second; null where it did not say, or where its word counts for nothing
   */
  record TimedReply(Reply reply, @Nullable Long serverTimeMillis) {}

  /**
   * What tells this table from others; it stands in tickets.
   *
   * @return the table's name, without Region and account
   */
  String tableName();
}
