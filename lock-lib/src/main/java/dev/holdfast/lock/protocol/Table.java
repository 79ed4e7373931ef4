package dev.holdfast.lock.protocol;

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
  Reply send(Write write, CallBudget budget);

  /**
   * What tells this table from others; it stands in tickets.
   *
   * @return the table's name, without Region and account
   */
  String name();
}
