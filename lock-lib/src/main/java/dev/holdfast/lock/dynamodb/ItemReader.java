package dev.holdfast.lock.dynamodb;

import dev.holdfast.lock.protocol.LockRow;
import dev.holdfast.lock.protocol.Result;
import dev.holdfast.lock.protocol.RowState;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads the attributes of an item that anybody may have written. */
record ItemReader(Map<String, AttributeValue> item) {
  static final long COUNTER_MAX = (1L << 62) - 1;
  static final long YEAR_9999_MILLIS = 253_402_300_799_999L;
  static final long LEASE_MILLIS_MIN = 1_000;
  static final long LEASE_MILLIS_MAX = 86_400_000;

  void requireFormat() throws MalformedRow {
    AttributeValue format = item.get(Attribute.FORMAT.stored());
    if (format == null || format.n() == null) {
      throw new MalformedRow("it has no format number");
    }
    if (number(Attribute.FORMAT).compareTo(BigDecimal.valueOf(LockRow.FORMAT)) != 0) {
      throw new MalformedRow("its format is " + format.n());
    }
  }

  RowState state(Attribute attribute) throws MalformedRow {
    String name = text(attribute);
    for (RowState state : RowState.values()) {
      if (state.name().equals(name)) {
        return state;
      }
    }
    throw malformed(attribute, "is none of HELD, FREE, DONE");
  }

  String text(Attribute attribute) throws MalformedRow {
    String text = optionalText(attribute);
    if (text == null) {
      throw malformed(attribute, "is missing");
    }
    return text;
  }

  @Nullable String optionalText(Attribute attribute) throws MalformedRow {
    AttributeValue value = item.get(attribute.stored());
    if (value == null) {
      return null;
    }
    if (value.s() == null) {
      throw malformed(attribute, "is not a text");
    }
    return value.s();
  }

  @Nullable Result optionalResult(Attribute attribute) throws MalformedRow {
    AttributeValue value = item.get(attribute.stored());
    if (value == null) {
      return null;
    }
    if (value.s() != null) {
      return new Result.Text(value.s());
    }
    if (value.b() != null) {
      return Result.Bytes.of(value.b().asByteArray());
    }
    throw malformed(attribute, "is neither a text nor bytes");
  }

  long counter(Attribute attribute) throws MalformedRow {
    return whole(attribute, BigDecimal.ZERO, BigDecimal.valueOf(COUNTER_MAX));
  }

  long millis(Attribute attribute) throws MalformedRow {
    return whole(attribute, BigDecimal.ZERO, BigDecimal.valueOf(YEAR_9999_MILLIS));
  }

  @Nullable Long optionalMillis(Attribute attribute) throws MalformedRow {
    return item.containsKey(attribute.stored()) ? Long.valueOf(millis(attribute)) : null;
  }

  long lease(Attribute attribute) throws MalformedRow {
    return whole(
        attribute, BigDecimal.valueOf(LEASE_MILLIS_MIN), BigDecimal.valueOf(LEASE_MILLIS_MAX));
  }

  /** A hint decides nothing that must be right: one that makes no sense is no hint. */
  @Nullable Long hint(Attribute attribute) {
    try {
      return millis(attribute);
    } catch (MalformedRow e) {
      return null;
    }
  }

  private long whole(Attribute attribute, BigDecimal min, BigDecimal max) throws MalformedRow {
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

  private BigDecimal number(Attribute attribute) throws MalformedRow {
    AttributeValue value = item.get(attribute.stored());
    if (value == null || value.n() == null) {
      throw malformed(attribute, "is not a number");
    }
    try {
      return new BigDecimal(value.n());
    } catch (NumberFormatException e) {
      throw malformed(attribute, "is not a number");
    }
  }

  private static MalformedRow malformed(Attribute attribute, String what) {
    return new MalformedRow("its " + attribute.stored() + " " + what);
  }
}
