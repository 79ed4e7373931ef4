package dev.holdfast.lock.internal.dynamodb;

import static dev.holdfast.lock.internal.dynamodb.RowAttribute.ACQUIRED_AT;
import static dev.holdfast.lock.internal.dynamodb.RowAttribute.EVENT;
import static dev.holdfast.lock.internal.dynamodb.RowAttribute.EXPIRES_AT;
import static dev.holdfast.lock.internal.dynamodb.RowAttribute.FORMAT;
import static dev.holdfast.lock.internal.dynamodb.RowAttribute.HOLDER;
import static dev.holdfast.lock.internal.dynamodb.RowAttribute.LEASE_MS;
import static dev.holdfast.lock.internal.dynamodb.RowAttribute.NONCE;
import static dev.holdfast.lock.internal.dynamodb.RowAttribute.PAYLOAD_HASH;
import static dev.holdfast.lock.internal.dynamodb.RowAttribute.RESOURCE_ID;
import static dev.holdfast.lock.internal.dynamodb.RowAttribute.RESULT;
import static dev.holdfast.lock.internal.dynamodb.RowAttribute.SKEW_MS;
import static dev.holdfast.lock.internal.dynamodb.RowAttribute.STATE;
import static dev.holdfast.lock.internal.dynamodb.RowAttribute.TOKEN;
import static dev.holdfast.lock.internal.dynamodb.RowAttribute.TTL;
import static dev.holdfast.lock.internal.dynamodb.RowAttribute.VERSION;
import static dev.holdfast.lock.internal.dynamodb.RowAttribute.WAIT_MS;

import dev.holdfast.lock.internal.protocol.HolderInfo;
import dev.holdfast.lock.internal.protocol.IdempotencyData;
import dev.holdfast.lock.internal.protocol.LeaseTerm;
import dev.holdfast.lock.internal.protocol.LockRow;
import dev.holdfast.lock.internal.protocol.StoredValue;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Writes rows as DynamoDB items; {@link RowReader} reads them. */
final class RowWriter {

  private RowWriter() {}

  static Map<String, AttributeValue> toItem(LockRow row) {
    Map<String, AttributeValue> item = new HashMap<>();
    item.put(RESOURCE_ID.attributeName(), string(row.name()));
    item.put(FORMAT.attributeName(), number(LockRow.FORMAT));
    item.put(STATE.attributeName(), string(row.state().name()));
    item.put(NONCE.attributeName(), string(row.version().nonce()));
    item.put(TOKEN.attributeName(), number(row.version().token()));
    item.put(VERSION.attributeName(), number(row.version().renewals()));
    putLeaseTerm(item, row.leaseTerm());
    putHolderInfo(item, row.holderInfo());
    if (row.averageWaitMillis() != null) {
      item.put(WAIT_MS.attributeName(), number(row.averageWaitMillis()));
    }
    return item;
  }

  private static void putLeaseTerm(Map<String, AttributeValue> item, LeaseTerm leaseTerm) {
    item.put(LEASE_MS.attributeName(), number(leaseTerm.leaseMillis()));
    item.put(EXPIRES_AT.attributeName(), number(leaseTerm.expiresAtMillis()));
    if (leaseTerm.maxSkewMillis() != null) {
      item.put(SKEW_MS.attributeName(), number(leaseTerm.maxSkewMillis()));
    }
    if (leaseTerm.ttlSeconds() != null) {
      item.put(TTL.attributeName(), number(leaseTerm.ttlSeconds()));
    }
  }

  private static void putHolderInfo(Map<String, AttributeValue> item, HolderInfo holderInfo) {
    item.put(HOLDER.attributeName(), string(holderInfo.label()));
    item.put(ACQUIRED_AT.attributeName(), number(holderInfo.acquiredAtMillis()));
    if (holderInfo.event() != null) {
      item.put(EVENT.attributeName(), string(holderInfo.event()));
    }
    putIdempotencyData(item, holderInfo.idempotency());
  }

  private static void putIdempotencyData(
      Map<String, AttributeValue> item, IdempotencyData idempotency) {
    if (idempotency.payloadHash() != null) {
      item.put(PAYLOAD_HASH.attributeName(), string(idempotency.payloadHash()));
    }
    StoredValue result = idempotency.result();
    if (result != null) {
      item.put(
          RESULT.attributeName(),
          result.fold(
              text -> string(text.text()),
              bytes -> AttributeValue.fromB(SdkBytes.fromByteArray(bytes.toArray()))));
    }
  }

  static Map<String, AttributeValue> key(LockRow row) {
    return key(row.name());
  }

  static Map<String, AttributeValue> key(String name) {
    return Map.of(RESOURCE_ID.attributeName(), string(name));
  }

  static AttributeValue string(String value) {
    return AttributeValue.fromS(value);
  }

  static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }
}
