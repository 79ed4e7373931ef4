package dev.holdfast.testkit;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Size of an item as DynamoDB meters it. Names and strings count their UTF-8 bytes. Numbers count
 * one byte for two digits, plus one. Lists and maps count 3 bytes, plus 1 for each element.
 */
public final class ItemSize {
  private static final int WRITE_UNIT_BYTES = 1024;
  private static final int NESTING_BYTES = 3;

  private ItemSize() {}

  /**
   * Returns the size of an item.
   *
   * @param item the item
   * @return its size in bytes
   */
  public static int bytes(Map<String, AttributeValue> item) {
    int size = 0;
    for (Map.Entry<String, AttributeValue> attribute : item.entrySet()) {
      size += AttributeValues.utf8Length(attribute.getKey()) + bytes(attribute.getValue());
    }
    return size;
  }

  /** Returns the write units of an item: one for each started 1,024 bytes, and at least one. */
  static int writeUnits(int bytes) {
    return Math.max(1, (bytes + WRITE_UNIT_BYTES - 1) / WRITE_UNIT_BYTES);
  }

  private static int bytes(AttributeValue value) {
    return switch (value.type()) {
      case S -> AttributeValues.utf8Length(value.s());
      case N -> numberBytes(value.n());
      case B -> value.b().asByteArrayUnsafe().length;
      case SS -> value.ss().stream().mapToInt(s -> AttributeValues.utf8(s).length).sum();
      case NS -> value.ns().stream().mapToInt(ItemSize::numberBytes).sum();
      case BS -> value.bs().stream().mapToInt(b -> b.asByteArrayUnsafe().length).sum();
      case L -> listBytes(value.l());
      case M -> NESTING_BYTES + value.m().size() + bytes(value.m());
      default -> 1;
    };
  }

  private static int listBytes(List<AttributeValue> list) {
    return NESTING_BYTES + list.stream().mapToInt(element -> 1 + bytes(element)).sum();
  }

  private static int numberBytes(String text) {
    if (AttributeValues.isPlainNumber(text)) {
      return 1 + (significantDigits(text) + 1) / 2;
    }
    var number = AttributeValues.parseNumber(text).stripTrailingZeros();
    int sign = number.signum() < 0 ? 1 : 0;
    return 1 + sign + (number.precision() + 1) / 2;
  }

  /** Returns the number of significant digits; zero has one. */
  private static int significantDigits(String number) {
    int digits = number.length();
    while (digits > 1 && number.charAt(digits - 1) == '0') {
      digits--;
    }
    return digits;
  }
}
