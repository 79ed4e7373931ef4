package dev.holdfast.testkit;

/** What can go wrong with one request on its way to the table and back. */
public enum Fault {
  /** Nothing goes wrong. */
  NONE,
  /** The request never reaches the table; the client hears nothing. */
  REQUEST_LOST,
  /** The table applies the request; the client hears nothing. */
  REPLY_LOST,
  /** The client hears nothing and gives up; the table applies the request when told. */
  REQUEST_DELAYED,
  /** The table applies the request; the client hears of it when told. */
  REPLY_DELAYED,
  /** The table applies and answers the request, and applies a copy of it when told. */
  DUPLICATED,
  /** The service answers 500 and has not applied the request. */
  FAILED_BEFORE_APPLYING,
  /** The service answers 500 although it applied the request. */
  FAILED_AFTER_APPLYING,
  /** The on-demand table throttles ({@code ThrottlingException}). */
  THROTTLED,
  /** The table's throughput is used up ({@code ProvisionedThroughputExceededException}). */
  THROUGHPUT_EXCEEDED,
  /** The caller's policies do not allow the operation ({@code AccessDeniedException}). */
  DENIED,
  /** Nothing listens at the endpoint: the connection is refused before anything is sent. */
  UNREACHABLE
}
