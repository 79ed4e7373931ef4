package dev.holdfast.lock.internal.dynamodb;

import java.util.Locale;

/**
 * Attributes of a row. Several names are reserved words of DynamoDB, so expressions use
 * placeholders for all of them.
 */
public enum RowAttribute {
  RESOURCE_ID,
  FORMAT,
  STATE,
  NONCE,
  TOKEN,
  VERSION,
  LEASE_MS,
  EXPIRES_AT,
  SKEW_MS,
  TTL,
  EVENT,
  HOLDER,
  ACQUIRED_AT,
  WAIT_MS,
  PAYLOAD_HASH,
  RESULT;

  private final String attributeName = name().toLowerCase(Locale.ROOT);
  private final String placeholder = "#" + attributeName;

  public String attributeName() {
    return attributeName;
  }

  public String placeholder() {
    return placeholder;
  }
}
