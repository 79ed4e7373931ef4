package dev.holdfast.lock.internal.dynamodb;

import java.util.Locale;

/**
 * Attributes of a row. Several names are reserved words of DynamoDB, so expressions use
 * placeholders for all of them.
 */
public enum RowAttribute {
  /** Name of the lock; the partition key. */
  RESOURCE_ID,

  /** Version of the row format. */
  FORMAT,

  /** Name of the {@code RowState}. */
  STATE,

  /** Random value of the acquire that wrote the row. */
  NONCE,

  /** Fencing token. */
  TOKEN,

  /** Number of renewals. */
  VERSION,

  /** Lease duration in milliseconds. */
  LEASE_MS,

  /** Time at which the row stops blocking, in epoch milliseconds. */
  EXPIRES_AT,

  /** Writer's maximum clock skew in milliseconds; absent if it trusts no clock. */
  SKEW_MS,

  /** Time to live in epoch seconds; no rule depends on it. */
  TTL,

  /** Event id of the work; absent if there is none. */
  EVENT,

  /** Description of the holder, for people and logs. */
  HOLDER,

  /** Time of the acquire by the holder's clock, in epoch milliseconds. */
  ACQUIRED_AT,

  /** Average wait of recent holders in milliseconds; a hint for waiters. */
  WAIT_MS,

  /** Hash of the payload of the work; absent if the caller gave none. */
  PAYLOAD_HASH,

  /** Stored result of completed work; absent if the caller gave none. */
  RESULT;

  private final String attributeName = name().toLowerCase(Locale.ROOT);
  private final String placeholder = "#" + attributeName;

  /** Returns the name of the attribute in the stored row. */
  public String attributeName() {
    return attributeName;
  }

  /** Returns the placeholder of the name in expressions. */
  public String placeholder() {
    return placeholder;
  }
}
