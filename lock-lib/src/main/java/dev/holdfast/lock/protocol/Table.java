package dev.holdfast.lock.protocol;

import org.jspecify.annotations.Nullable;

/** The lock table: the one way out of the protocol. Implementations are thread-safe. */
public interface Table {

  /**
   * Sends one conditional write and waits for its reply.
   *
   * <p>Never throws for what the table or the way to it does: that is a {@link Reply.Failed}.
   *
   * @param write what to write, and on what condition
   * @param budget how long it may take
   * @return what came back
   */
  Answer send(Write write, CallBudget budget);

  /**
   * What came back, and when.
   *
   * @param reply what came back
   * @param serverMillis the table's own clock when it answered, in epoch milliseconds and rounded
   *     down to a second; null where it did not say, or where its word counts for nothing
   */
  record Answer(Reply reply, @Nullable Long serverMillis) {}

  /**
   * What tells this table from others; it stands in tickets.
   *
   * @return the table's name, without Region and account
   */
  String name();
}
