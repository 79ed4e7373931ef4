package dev.holdfast.lock.dynamodb;

import java.util.Locale;

/**
 * The attributes of a row. Several of their names are reserved words of DynamoDB, so expressions
 * know all of them by placeholder only.
 */
enum Attribute {
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

  private final String stored = name().toLowerCase(Locale.ROOT);
  private final String placeholder = "#" + stored;

  String stored() {
    return stored;
  }

  String placeholder() {
    return placeholder;
  }
}
