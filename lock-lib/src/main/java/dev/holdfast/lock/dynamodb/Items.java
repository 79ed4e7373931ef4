package dev.holdfast.lock.dynamodb;

import static dev.holdfast.lock.dynamodb.Attribute.ACQUIRED_AT;
import static dev.holdfast.lock.dynamodb.Attribute.EVENT;
import static dev.holdfast.lock.dynamodb.Attribute.EXPIRES_AT;
import static dev.holdfast.lock.dynamodb.Attribute.FORMAT;
import static dev.holdfast.lock.dynamodb.Attribute.HOLDER;
import static dev.holdfast.lock.dynamodb.Attribute.LEASE_MS;
import static dev.holdfast.lock.dynamodb.Attribute.NONCE;
import static dev.holdfast.lock.dynamodb.Attribute.PAYLOAD_HASH;
import static dev.holdfast.lock.dynamodb.Attribute.RESOURCE_ID;
import static dev.holdfast.lock.dynamodb.Attribute.RESULT;
import static dev.holdfast.lock.dynamodb.Attribute.SKEW_MS;
import static dev.holdfast.lock.dynamodb.Attribute.STATE;
import static dev.holdfast.lock.dynamodb.Attribute.TOKEN;
import static dev.holdfast.lock.dynamodb.Attribute.TTL;
import static dev.holdfast.lock.dynamodb.Attribute.VERSION;
import static dev.holdfast.lock.dynamodb.Attribute.WAIT_MS;

import dev.holdfast.lock.protocol.Claimant;
import dev.holdfast.lock.protocol.LockRow;
import dev.holdfast.lock.protocol.Memo;
import dev.holdfast.lock.protocol.Result;
import dev.holdfast.lock.protocol.Seen;
import dev.holdfast.lock.protocol.Stamp;
import dev.holdfast.lock.protocol.Term;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Rows as DynamoDB items and back. */
final class Items {

  private Items() {}

  static Map<String, AttributeValue> item(LockRow row) {
    Map<String, AttributeValue> item = new HashMap<>();
    item.put(RESOURCE_ID.stored(), text(row.name()));
    item.put(FORMAT.stored(), number(LockRow.FORMAT));
    item.put(STATE.stored(), text(row.state().name()));
    item.put(NONCE.stored(), text(row.stamp().nonce()));
    item.put(TOKEN.stored(), number(row.stamp().token()));
    item.put(VERSION.stored(), number(row.stamp().version()));
    putTerm(item, row.term());
    putClaimant(item, row.claimant());
    if (row.waitMillis() != null) {
      item.put(WAIT_MS.stored(), number(row.waitMillis()));
    }
    return item;
  }

  private static void putTerm(Map<String, AttributeValue> item, Term term) {
    item.put(LEASE_MS.stored(), number(term.leaseMillis()));
    item.put(EXPIRES_AT.stored(), number(term.expiresAtMillis()));
    if (term.skewMillisMax() != null) {
      item.put(SKEW_MS.stored(), number(term.skewMillisMax()));
    }
    if (term.ttlSeconds() != null) {
      item.put(TTL.stored(), number(term.ttlSeconds()));
    }
  }

  private static void putClaimant(Map<String, AttributeValue> item, Claimant claimant) {
    item.put(HOLDER.stored(), text(claimant.holder()));
    item.put(ACQUIRED_AT.stored(), number(claimant.acquiredAtMillis()));
    if (claimant.event() != null) {
      item.put(EVENT.stored(), text(claimant.event()));
    }
    putMemo(item, claimant.memo());
  }

  private static void putMemo(Map<String, AttributeValue> item, Memo memo) {
    if (memo.payloadHash() != null) {
      item.put(PAYLOAD_HASH.stored(), text(memo.payloadHash()));
    }
    if (memo.result() instanceof Result.Text text) {
      item.put(RESULT.stored(), text(text.text()));
    } else if (memo.result() instanceof Result.Bytes bytes) {
      item.put(RESULT.stored(), AttributeValue.fromB(SdkBytes.fromByteArray(bytes.toArray())));
    }
  }

  static Map<String, AttributeValue> key(LockRow row) {
    return key(row.name());
  }

  static Map<String, AttributeValue> key(String name) {
    return Map.of(RESOURCE_ID.stored(), text(name));
  }

  /** A row that is not wholly understood is foreign, with what is wrong about it. */
  static Seen seen(Map<String, AttributeValue> item) {
    if (item.isEmpty()) {
      return new Seen.NoRow();
    }
    try {
      return row(new ItemReader(item));
    } catch (MalformedRow e) {
      return new Seen.ForeignRow(e.reason());
    }
  }

  private static LockRow row(ItemReader item) throws MalformedRow {
    item.requireFormat();
    Stamp stamp = new Stamp(item.text(NONCE), item.counter(TOKEN), item.counter(VERSION));
    Term term =
        new Term(
            item.lease(LEASE_MS),
            item.millis(EXPIRES_AT),
            item.optionalMillis(SKEW_MS),
            item.optionalMillis(TTL));
    Claimant claimant =
        new Claimant(
            item.text(HOLDER),
            item.optionalText(EVENT),
            item.millis(ACQUIRED_AT),
            new Memo(item.optionalText(PAYLOAD_HASH), item.optionalResult(RESULT)));
    return new LockRow(
        item.text(RESOURCE_ID), item.state(STATE), stamp, term, claimant, item.hint(WAIT_MS));
  }

  static AttributeValue text(String value) {
    return AttributeValue.fromS(value);
  }

  static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }
}
