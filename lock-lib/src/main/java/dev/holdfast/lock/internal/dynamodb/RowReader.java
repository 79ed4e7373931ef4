package dev.holdfast.lock.internal.dynamodb;

import dev.holdfast.lock.internal.protocol.HolderInfo;
import dev.holdfast.lock.internal.protocol.IdempotencyData;
import dev.holdfast.lock.internal.protocol.LeaseTerm;
import dev.holdfast.lock.internal.protocol.LockRow;
import dev.holdfast.lock.internal.protocol.RowSnapshot;
import dev.holdfast.lock.internal.protocol.RowState;
import dev.holdfast.lock.internal.protocol.RowVersion;
import dev.holdfast.lock.internal.protocol.StoredValue;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads items as rows. Any program may have written an item, so every attribute is validated. */
record RowReader(Map<String, AttributeValue> item) {
  static final long MAX_COUNTER = (1L << 62) - 1;
  static final long MAX_TIME_MILLIS = 253_402_300_799_999L;
  static final long MIN_LEASE_MILLIS = 1_000;
  static final long MAX_LEASE_MILLIS = 86_400_000;

  /**
   * Reads an item as a row.
   *
   * @param item the attributes of an item; empty if there is none
   * @return the row, or the reason why the item cannot be read as one
   */
  static RowSnapshot snapshot(Map<String, AttributeValue> item) {
    if (item.isEmpty()) {
      return new RowSnapshot.NoRow();
    }
    try {
      return readRow(new RowReader(item));
    } catch (MalformedRowException e) {
      return new RowSnapshot.UnrecognizedRow(e.reason());
    }
  }

  private static LockRow readRow(RowReader item) throws MalformedRowException {
    item.requireFormat();
    RowVersion version =
        new RowVersion(
            item.string(RowAttribute.NONCE),
            item.counter(RowAttribute.TOKEN),
            item.counter(RowAttribute.VERSION));
    LeaseTerm leaseTerm =
        new LeaseTerm(
            item.leaseMillis(RowAttribute.LEASE_MS),
            item.millis(RowAttribute.EXPIRES_AT),
            item.optionalMillis(RowAttribute.SKEW_MS),
            item.optionalMillis(RowAttribute.TTL));
    HolderInfo holderInfo =
        new HolderInfo(
            item.string(RowAttribute.HOLDER),
            item.optionalString(RowAttribute.EVENT),
            item.millis(RowAttribute.ACQUIRED_AT),
            new IdempotencyData(
                item.optionalString(RowAttribute.PAYLOAD_HASH),
                item.optionalResult(RowAttribute.RESULT)));
    return new LockRow(
        item.string(RowAttribute.RESOURCE_ID),
        item.state(RowAttribute.STATE),
        version,
        leaseTerm,
        holderInfo,
        item.hintMillis(RowAttribute.WAIT_MS));
  }

  void requireFormat() throws MalformedRowException {
    AttributeValue format = item.get(RowAttribute.FORMAT.attributeName());
    if (format == null || format.n() == null) {
      throw new MalformedRowException("it has no format number");
    }
    if (number(RowAttribute.FORMAT).compareTo(BigDecimal.valueOf(LockRow.FORMAT)) != 0) {
      throw new MalformedRowException("its format is " + format.n());
    }
  }

  RowState state(RowAttribute attribute) throws MalformedRowException {
    String name = string(attribute);
    for (RowState state : RowState.values()) {
      if (state.name().equals(name)) {
        return state;
      }
    }
    throw malformed(attribute, "is not one of HELD, FREE, COMPLETED");
  }

  String string(RowAttribute attribute) throws MalformedRowException {
    String text = optionalString(attribute);
    if (text == null) {
      throw malformed(attribute, "is missing");
    }
    return text;
  }

  @Nullable String optionalString(RowAttribute attribute) throws MalformedRowException {
    AttributeValue value = item.get(attribute.attributeName());
    if (value == null) {
      return null;
    }
    if (value.s() == null) {
      throw malformed(attribute, "is not a text");
    }
    return value.s();
  }

  @Nullable StoredValue optionalResult(RowAttribute attribute) throws MalformedRowException {
    AttributeValue value = item.get(attribute.attributeName());
    if (value == null) {
      return null;
    }
    if (value.s() != null) {
      return new StoredValue.Text(value.s());
    }
    if (value.b() != null) {
      return StoredValue.Bytes.of(value.b().asByteArray());
    }
    throw malformed(attribute, "is neither a text nor bytes");
  }

  long counter(RowAttribute attribute) throws MalformedRowException {
    return integer(attribute, BigDecimal.ZERO, BigDecimal.valueOf(MAX_COUNTER));
  }

  long millis(RowAttribute attribute) throws MalformedRowException {
    return integer(attribute, BigDecimal.ZERO, BigDecimal.valueOf(MAX_TIME_MILLIS));
  }

  @Nullable Long optionalMillis(RowAttribute attribute) throws MalformedRowException {
    return item.containsKey(attribute.attributeName()) ? Long.valueOf(millis(attribute)) : null;
  }

  long leaseMillis(RowAttribute attribute) throws MalformedRowException {
    return integer(
        attribute, BigDecimal.valueOf(MIN_LEASE_MILLIS), BigDecimal.valueOf(MAX_LEASE_MILLIS));
  }

  /** Returns null for an invalid hint, since no rule depends on a hint. */
  @Nullable Long hintMillis(RowAttribute attribute) {
    try {
      return millis(attribute);
    } catch (MalformedRowException e) {
      return null;
    }
  }

  private long integer(RowAttribute attribute, BigDecimal min, BigDecimal max)
      throws MalformedRowException {
    BigDecimal number = number(attribute);
    if (number.compareTo(min) < 0 || number.compareTo(max) > 0) {
      throw malformed(attribute, "is " + number + ", allowed is " + min + " to " + max);
    }
    try {
      return number.longValueExact();
    } catch (ArithmeticException e) {
      throw malformed(attribute, "is " + number + ", not a whole number");
    }
  }

  private BigDecimal number(RowAttribute attribute) throws MalformedRowException {
    AttributeValue value = item.get(attribute.attributeName());
    if (value == null || value.n() == null) {
      throw malformed(attribute, "is not a number");
    }
    try {
      return new BigDecimal(value.n());
    } catch (NumberFormatException e) {
      throw malformed(attribute, "is not a number");
    }
  }

  private static MalformedRowException malformed(RowAttribute attribute, String problem) {
    return new MalformedRowException("its " + attribute.attributeName() + " " + problem);
  }
}
