package dev.holdfast.lock.internal.protocol;

import org.jspecify.annotations.Nullable;

/**
 * Lock table, to which the engine sends the writes of the protocol. Implementations are
 * thread-safe.
 */
public interface LockStore {

  /**
   * Sends one conditional write and waits for its reply.
   *
   * <p>Does not throw for a failure of the table or the network; it returns a {@link Reply.Failed}.
   *
   * @param write the conditional write
   * @param timeouts timeouts of the call
   * @return the reply
   */
  TimedReply send(Write write, CallTimeouts timeouts);

  /**
   * Reply with the time of the table.
   *
   * @param reply the reply
   * @param serverTimeMillis clock of the table at the time of the reply, in epoch milliseconds,
   *     rounded down to a second; null if it is unknown or not trusted
   */
  record TimedReply(Reply reply, @Nullable Long serverTimeMillis) {}

  /**
   * Returns the name of this table, which transfers contain.
   *
   * @return the name without Region and account
   */
  String tableName();
}
