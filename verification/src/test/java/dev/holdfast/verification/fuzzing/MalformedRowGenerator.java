package dev.holdfast.verification.fuzzing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Generates rows with one to four flaws. Attributes are missing, unknown, of another type, or have
 * another value or the value of another attribute.
 */
final class MalformedRowGenerator {
  private static final int FLAWS_MAX = 4;
  private static final int DEPTH_MAX = 3;
  private static final List<String> ATTRIBUTES =
      List.of(
          "format",
          "state",
          "nonce",
          "token",
          "version",
          "lease_ms",
          "expires_at",
          "skew_ms",
          "ttl",
          "event",
          "holder",
          "acquired_at",
          "wait_ms",
          "payload_hash",
          "result",
          "price");
  private static final List<String> NUMBER_VALUES =
      List.of(
          "0",
          "1",
          "-1",
          "2",
          "0.5",
          "1.0000000000000000000000000000000000001",
          "999",
          "1000",
          "86400000",
          "86400001",
          "2147483648",
          "253402300799999",
          "253402300800000",
          "4611686018427387903",
          "4611686018427387904",
          "9223372036854775807",
          "9223372036854775808",
          "-9223372036854775809",
          "99999999999999999999999999999999999999",
          "9.9999999999999999999999999999999999999E125",
          "-9.9999999999999999999999999999999999999E125",
          "1E-130",
          "1E15");
  private static final List<String> STRING_VALUES =
      List.of(
          "",
          " ",
          "HELD",
          "FREE",
          "COMPLETED",
          "held",
          "1",
          "null",
          "\u0000",
          "\ud83d\ude00",
          "\n\r\t",
          "%s%n{}",
          "x".repeat(3_000));

  private final Random random;

  MalformedRowGenerator(Random random) {
    this.random = random;
  }

  Map<String, AttributeValue> malform(Map<String, AttributeValue> row) {
    Map<String, AttributeValue> malformed = new HashMap<>(row);
    for (int flaws = 1 + random.nextInt(2) * random.nextInt(FLAWS_MAX); flaws > 0; flaws--) {
      corrupt(malformed, pick(ATTRIBUTES));
    }
    return malformed;
  }

  private void corrupt(Map<String, AttributeValue> row, String attribute) {
    switch (random.nextInt(6)) {
      case 0 -> row.remove(attribute);
      case 1 -> row.put(attribute, AttributeValue.fromN(pick(NUMBER_VALUES)));
      case 2 -> row.put(attribute, AttributeValue.fromS(pick(STRING_VALUES)));
      case 3 -> row.put(attribute, row.getOrDefault(pick(ATTRIBUTES), randomValue(0)));
      case 4 -> row.put(attribute, retype(row.getOrDefault(attribute, randomValue(0))));
      default -> row.put(attribute, randomValue(0));
    }
  }

  private static AttributeValue retype(AttributeValue value) {
    if (value.n() != null) {
      return AttributeValue.fromS(value.n());
    }
    return value.s() == null ? value : AttributeValue.fromB(SdkBytes.fromUtf8String(value.s()));
  }

  private AttributeValue randomValue(int depth) {
    return switch (random.nextInt(depth < DEPTH_MAX ? 10 : 8)) {
      case 0 -> AttributeValue.fromS(pick(STRING_VALUES));
      case 1 -> AttributeValue.fromN(pick(NUMBER_VALUES));
      case 2 -> AttributeValue.fromB(SdkBytes.fromUtf8String(pick(STRING_VALUES)));
      case 3 -> AttributeValue.fromBool(random.nextBoolean());
      case 4 -> AttributeValue.fromNul(true);
      case 5 -> AttributeValue.fromSs(List.of("HELD"));
      case 6 -> AttributeValue.fromNs(List.of("1"));
      case 7 -> AttributeValue.fromBs(List.of(SdkBytes.fromUtf8String("1")));
      case 8 -> AttributeValue.fromL(randomList(depth + 1));
      default -> AttributeValue.fromM(Map.of(pick(ATTRIBUTES), randomValue(depth + 1)));
    };
  }

  private List<AttributeValue> randomList(int depth) {
    List<AttributeValue> list = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      list.add(randomValue(depth));
    }
    return list;
  }

  private <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
