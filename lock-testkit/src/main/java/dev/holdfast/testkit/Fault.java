package dev.holdfast.testkit;

/** Fault that a request can meet on its way to the table and back. */
public enum Fault {
  /** No fault. */
  NONE,
  /** The request does not reach the table; the client receives nothing. */
  REQUEST_LOST,
  /** The table applies the request; the client receives nothing. */
  REPLY_LOST,
  /**
   * The client receives nothing and gives up; the table applies the request when the test delivers
   * it.
   */
  REQUEST_DELAYED,
  /** The table applies the request; the client receives the reply when the test delivers it. */
  REPLY_DELAYED,
  /** The table applies the request and replies; it applies a copy when the test delivers it. */
  DUPLICATED,
  /** The service replies with status 500 and has not applied the request. */
  FAILED_BEFORE_APPLYING,
  /** The service replies with status 500 although it applied the request. */
  FAILED_AFTER_APPLYING,
  /** The on-demand table throttles ({@code ThrottlingException}). */
  THROTTLED,
  /** The throughput of the table is exhausted ({@code ProvisionedThroughputExceededException}). */
  THROUGHPUT_EXCEEDED,
  /** A transaction of another client changes the item ({@code TransactionConflictException}). */
  TRANSACTION_CONFLICT,
  /** Another Region changes the item ({@code ReplicatedWriteConflictException}). */
  REPLICATED_WRITE_CONFLICT,
  /** The policies of the caller do not allow the operation ({@code AccessDeniedException}). */
  DENIED,
  /**
   * Nothing listens at the endpoint, and the connection is refused before the client sends
   * anything.
   */
  UNREACHABLE
}
